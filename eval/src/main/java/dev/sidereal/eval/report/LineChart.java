package dev.sidereal.eval.report;

import dev.sidereal.core.error.BadConfig;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Lines over a logarithmic axis as an SVG that is legible on light and dark ground, such as quality over dimensions.
 *
 * @param title above it
 * @param x name of the axis below
 * @param y name of the axis at the left
 * @param lines name to x above 0 to y
 */
public record LineChart(String title, String x, String y, Map<String, SortedMap<Integer, Double>> lines) {
    private static final int LEFT = 70;
    private static final int RIGHT = 470;
    private static final int TOP = 54;
    private static final int BOTTOM = 330;
    private static final int MOST_TICKS = 6;
    private static final int ROW = 18;
    private static final List<String> DASHES = List.of("none", "6 3", "2 3", "8 3 2 3");
    private static final String STYLE = """
            <style>
            text{font:12px system-ui,sans-serif;fill:#1c2430}.title{font-size:15px;font-weight:600}
            .grid{stroke:#d5dae1}.line{fill:none;stroke-width:2}
            .c0{stroke:#0b63c4}.c1{stroke:#b3400a}.c2{stroke:#0f7a4b}.c3{stroke:#8a2fb0}.c4{stroke:#6b6000}.c5{stroke:#a01248}
            @media(prefers-color-scheme:dark){text{fill:#e8ecf2}.grid{stroke:#3a4350}.ground{fill:#14181f}
            .c0{stroke:#6db3ff}.c1{stroke:#ff9d5c}.c2{stroke:#4fd69a}.c3{stroke:#d79bf5}.c4{stroke:#e0d04f}.c5{stroke:#ff86b0}}
            </style>
            """;
    private static final int COLOURS = 6;

    /** @throws BadConfig if a line has no point or one at no x above 0 */
    public LineChart {
        for (var line : lines.entrySet()) {
            if (line.getValue().isEmpty() || line.getValue().firstKey() < 1) {
                throw new BadConfig("the line '" + line.getKey() + "' needs points above 0");
            }
        }
    }

    /** {@return the picture} */
    public String svg() {
        Scale scale = Scale.of(lines);
        int height = Math.max(BOTTOM + 50, TOP + lines.size() * ROW + 20);
        StringBuilder svg = new StringBuilder(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 760 %d\" role=\"img\">\n".formatted(height));
        svg.append("<title>").append(Html.escape(title)).append("</title>\n").append(STYLE);
        svg.append("<rect class=\"ground\" width=\"760\" height=\"")
                .append(height)
                .append("\" fill=\"#ffffff\"/>\n");
        text(svg, LEFT, 24, "start", "title", title);
        text(svg, (LEFT + RIGHT) / 2.0, BOTTOM + 40, "middle", "", x);
        text(svg, LEFT, TOP - 10, "start", "", y);
        grid(svg, scale);
        int number = 0;
        for (var line : lines.entrySet()) {
            draw(svg, scale, line.getKey(), line.getValue(), number++);
        }
        return svg.append("</svg>\n").toString();
    }

    private void grid(StringBuilder svg, Scale scale) {
        int digits = (int) Math.max(0, Math.ceil(-Math.log10(scale.step) - 1e-9));
        for (int i = 0; i <= scale.ticks(); i++) {
            double value = scale.low + i * scale.step;
            path(svg, "grid", "", "M%s %sH%s".formatted(number(LEFT), number(scale.y(value)), number(RIGHT)));
            text(svg, LEFT - 8, scale.y(value) + 4, "end", "", String.format(Locale.ROOT, "%." + digits + "f", value));
        }
        TreeSet<Integer> marks = new TreeSet<>();
        lines.values().forEach(line -> marks.addAll(line.keySet()));
        for (int mark : marks) {
            path(svg, "grid", "", "M%s %sV%s".formatted(number(scale.x(mark)), number(TOP), number(BOTTOM)));
            text(svg, scale.x(mark), BOTTOM + 18, "middle", "", Integer.toString(mark));
        }
    }

    private static void draw(
            StringBuilder svg, Scale scale, String name, SortedMap<Integer, Double> points, int number) {
        StringBuilder way = new StringBuilder();
        points.forEach((at, value) -> way.append(way.isEmpty() ? 'M' : 'L')
                .append(number(scale.x(at)))
                .append(' ')
                .append(number(scale.y(value))));
        String colour = "line c" + number % COLOURS;
        String dash = DASHES.get(number / COLOURS % DASHES.size());
        path(svg, colour, dash, way.toString());
        points.forEach((at, value) -> svg.append("<circle class=\"%s\" cx=\"%s\" cy=\"%s\" r=\"3\"/>\n"
                .formatted(colour, number(scale.x(at)), number(scale.y(value)))));
        double key = TOP + 6 + number * (double) ROW;
        path(svg, colour, dash, "M%s %sH%s".formatted(number(RIGHT + 16), number(key), number(RIGHT + 44)));
        text(svg, RIGHT + 52, key + 4, "start", "", name);
    }

    private static void path(StringBuilder svg, String style, String dash, String way) {
        svg.append("<path class=\"").append(style).append('"');
        if (!dash.isEmpty()) {
            svg.append(" stroke-dasharray=\"").append(dash).append('"');
        }
        svg.append(" d=\"").append(way).append("\"/>\n");
    }

    private static void text(StringBuilder svg, double x, double y, String anchor, String style, String text) {
        svg.append("<text x=\"%s\" y=\"%s\" text-anchor=\"%s\" class=\"%s\">%s</text>\n"
                .formatted(number(x), number(y), anchor, style, Html.escape(text)));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    /**
     * Where values stand.
     *
     * @param step between two marks of the axis at the left: 1, 2 or 5 times a power of ten
     */
    private record Scale(double first, double last, double low, double high, double step) {
        static Scale of(Map<String, SortedMap<Integer, Double>> lines) {
            TreeMap<Integer, Double> all = new TreeMap<>();
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            for (SortedMap<Integer, Double> line : lines.values()) {
                all.putAll(line);
                for (double value : line.values()) {
                    low = Math.min(low, value);
                    high = Math.max(high, value);
                }
            }
            double step = step(Math.max(1e-3, high - low) / (MOST_TICKS - 1));
            double floor = Math.floor(low / step + 1e-9) * step;
            double ceiling = Math.max(Math.ceil(high / step - 1e-9) * step, floor + step);
            return new Scale(Math.log(all.firstKey()), Math.log(all.lastKey()), floor, ceiling, step);
        }

        private static double step(double least) {
            double power = Math.pow(10, Math.floor(Math.log10(least)));
            double times = least / power;
            return power * (times <= 1 ? 1 : times <= 2 ? 2 : times <= 5 ? 5 : 10);
        }

        long ticks() {
            return Math.round((high - low) / step);
        }

        double x(int value) {
            return last == first
                    ? (LEFT + RIGHT) / 2.0
                    : LEFT + 12 + (RIGHT - LEFT - 24) * (Math.log(value) - first) / (last - first);
        }

        double y(double value) {
            return BOTTOM - (BOTTOM - TOP) * (value - low) / (high - low);
        }
    }
}
