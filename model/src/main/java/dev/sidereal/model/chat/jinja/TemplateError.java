package dev.sidereal.model.chat.jinja;

/** Something a template asks for that cannot be done; the line is put in where it is known. */
final class TemplateError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TemplateError(String message) {
        super(message);
    }
}
