package dev.sidereal.model.weights;

import dev.sidereal.core.error.BadInput;
import dev.sidereal.model.weights.ProtoReader.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The constant tensors of an ONNX file under the names of the checkpoint it was exported from.
 *
 * @param places where each is, by that name
 */
record OnnxGraph(Map<String, Place> places) {
    private static final int GRAPH = 7;
    private static final int NODE = 1;
    private static final int INITIALISER = 5;
    private static final int INPUT = 1;
    private static final int OUTPUT = 2;
    private static final int NAME = 3;
    private static final int OPERATOR = 4;

    /** The exporter names a weight that it has transposed so. */
    private static final String GENERATED = "onnx::";

    private static final String MAT_MUL = "/MatMul";

    /** So that a hostile file cannot fill the memory with names. */
    private static final int MOST = 1 << 18;

    /**
     * A constant tensor under a name of the checkpoint.
     *
     * @param transposed whether it lies as {@code [in][out]}, the checkpoint having {@code [out][in]}
     */
    record Place(Initialiser initialiser, boolean transposed) {}

    /** @throws BadInput if the file is damaged or has no graph */
    static OnnxGraph read(ProtoReader file) {
        Span graph = null;
        while (file.next()) {
            if (file.field() == GRAPH) {
                graph = file.span();
            } else {
                file.skip();
            }
        }
        if (graph == null) {
            throw file.bad("it ends without a graph");
        }
        Map<String, Initialiser> initialisers = initialisers(file.within(graph));
        return new OnnxGraph(named(file.within(graph), initialisers));
    }

    private static Map<String, Initialiser> initialisers(ProtoReader graph) {
        Map<String, Initialiser> initialisers = new LinkedHashMap<>();
        while (graph.next()) {
            if (graph.field() != INITIALISER) {
                graph.skip();
                continue;
            }
            Initialiser one = Initialiser.read(graph, graph.span());
            if (initialisers.put(one.name(), one) != null) {
                throw graph.bad("the initialiser \"" + one.name() + "\" comes a second time");
            }
            if (initialisers.size() > MOST) {
                throw graph.bad("there are more than " + MOST + " initialisers");
            }
        }
        return initialisers;
    }

    private static Map<String, Place> named(ProtoReader graph, Map<String, Initialiser> initialisers) {
        Map<String, Place> places = LinkedHashMap.newLinkedHashMap(initialisers.size());
        initialisers.forEach((name, one) -> places.put(name, new Place(one, false)));
        while (graph.next()) {
            if (graph.field() == NODE) {
                Node node = Node.read(graph.within(graph.span()));
                name(node, initialisers, places);
            } else {
                graph.skip();
            }
        }
        return places;
    }

    private static void name(Node node, Map<String, Initialiser> initialisers, Map<String, Place> places) {
        if (node.isMatMul()) {
            Initialiser weight = initialisers.get(node.inputs().get(1));
            if (weight != null
                    && weight.name().startsWith(GENERATED)
                    && weight.shape().size() == 2) {
                // A weight that two layers share has a name for each.
                if (places.putIfAbsent(node.weightName(), new Place(weight, true)) == null) {
                    places.remove(weight.name());
                }
            }
        } else if (node.isIdentity()) {
            // The exporter keeps one of several equal tensors and hands it on to the others' names.
            Place same = places.get(node.inputs().getFirst());
            if (same != null) {
                places.putIfAbsent(node.output(), same);
            }
        }
    }

    /** What of a node decides names. */
    private record Node(String name, String operator, List<String> inputs, String output) {
        static Node read(ProtoReader in) {
            String name = "";
            String operator = "";
            List<String> inputs = new ArrayList<>(2);
            String output = "";
            while (in.next()) {
                switch (in.field()) {
                    case NAME -> name = in.text();
                    case OPERATOR -> operator = in.text();
                    case INPUT -> {
                        if (inputs.size() < 2) {
                            inputs.add(in.text());
                        } else {
                            in.skip();
                        }
                    }
                    case OUTPUT -> output = in.text();
                    default -> in.skip();
                }
            }
            return new Node(name, operator, inputs, output);
        }

        boolean isMatMul() {
            return operator.equals("MatMul") && inputs.size() == 2 && name.startsWith("/") && name.endsWith(MAT_MUL);
        }

        boolean isIdentity() {
            return operator.equals("Identity") && inputs.size() == 1 && !output.startsWith("/");
        }

        /** {@code /encoder/layer.0/output/dense/MatMul} multiplies by {@code encoder.layer.0.output.dense.weight}. */
        String weightName() {
            return name.substring(1, name.length() - MAT_MUL.length()).replace('/', '.') + ".weight";
        }
    }
}
