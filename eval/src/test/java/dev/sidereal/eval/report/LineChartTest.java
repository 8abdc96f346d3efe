package dev.sidereal.eval.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidereal.core.error.BadConfig;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class LineChartTest {
    @Test
    void marksAtTheLeftAreRoundNumbers() {
        var points = new TreeMap<>(Map.of(64, .9649, 128, .9853, 384, 1.0));
        String svg = new LineChart("kept", "dimensions", "share", Map.of("a", points)).svg();
        assertThat(svg).contains(">0.96</text>", ">0.97</text>", ">0.98</text>", ">0.99</text>", ">1.00</text>");
        assertThat(svg).doesNotContain(">1.01</text>", ">0.95</text>");
    }

    @Test
    void eachLineIsAPathWithItsPointsAndItsNameEscaped() throws Exception {
        LineChart chart = new LineChart(
                "kept", "dims", "share", Map.of("a<b", new TreeMap<>(Map.of(64, .9, 128, .95, 384, 1.0))));
        Document svg = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(chart.svg().getBytes(StandardCharsets.UTF_8)));
        assertThat(svg.getElementsByTagName("circle").getLength()).isEqualTo(3);
        assertThat(chart.svg()).contains("a&lt;b", ">64</text>", "prefers-color-scheme:dark");
        double best = y(svg, 2);
        assertThat(best).as("more is higher up").isLessThan(y(svg, 0));
    }

    private static double y(Document svg, int point) {
        return Double.parseDouble(svg.getElementsByTagName("circle")
                .item(point)
                .getAttributes()
                .getNamedItem("cy")
                .getNodeValue());
    }

    @Test
    void aLineWithoutPointsIsRefused() {
        assertThatThrownBy(() -> new LineChart("", "", "", Map.of("a", new TreeMap<>())))
                .isInstanceOf(BadConfig.class)
                .hasMessage("the line 'a' needs points above 0");
    }
}
