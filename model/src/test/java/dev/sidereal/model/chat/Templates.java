package dev.sidereal.model.chat;

/** Chat templates of our own for two documented formats, with the constructs that published templates use. */
final class Templates {
    /** ChatML as Qwen3 writes it: turns in im_start and im_end, thoughts left out of all but the last turns. */
    static final String QWEN = """
            {%- if messages[0].role == 'system' %}
                {{- '<|im_start|>system\\n' + messages[0].content + '<|im_end|>\\n' }}
            {%- endif %}
            {%- set ns = namespace(searching=true, last=messages|length - 1) %}
            {%- for message in messages[::-1] %}
                {%- if ns.searching and message.role == "user" and not message.content.startswith('<tool_response>') %}
                    {%- set ns.searching = false %}
                    {%- set ns.last = (messages|length - 1) - loop.index0 %}
                {%- endif %}
            {%- endfor %}
            {%- for message in messages %}
                {%- if message.role == "assistant" %}
                    {%- set content = message.content %}
                    {%- if '</think>' in content and loop.index0 < ns.last %}
                        {%- set content = content.split('</think>')[-1].lstrip('\\n') %}
                    {%- endif %}
                    {{- '<|im_start|>assistant\\n' + content + '<|im_end|>\\n' }}
                {%- elif message.role == "user" or not loop.first %}
                    {{- '<|im_start|>' + message.role + '\\n' + message.content + '<|im_end|>\\n' }}
                {%- endif %}
            {%- endfor %}
            {%- if add_generation_prompt %}
                {{- '<|im_start|>assistant\\n' }}
                {%- if enable_thinking is defined and enable_thinking is false %}
                    {{- '<think>\\n\\n</think>\\n\\n' }}
                {%- endif %}
            {%- endif %}
            """;

    /** The format of Llama 3: a header with the role, the text trimmed, end of turn. */
    static final String LLAMA = """
            {{- bos_token }}
            {%- for message in messages %}
                {%- if message['role'] not in ['system', 'user', 'assistant'] %}
                    {{- raise_exception('unknown role ' ~ message['role']) }}
                {%- endif %}
                {{- '<|start_header_id|>' + message['role'] + '<|end_header_id|>\\n\\n' + message['content'] | trim \
            + '<|eot_id|>' }}
            {%- endfor %}
            {%- if add_generation_prompt %}
                {{- '<|start_header_id|>assistant<|end_header_id|>\\n\\n' }}
            {%- endif %}
            """;

    private Templates() {}
}
