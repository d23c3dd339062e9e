package io.sallyport.core.policy.load;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * YAML text to {@link Yaml}. Uses SnakeYAML's composer only, so that no tag can name a class. Size, depth and the number of nodes
 * after resolving aliases are bounded, so that a small file cannot stand for a large one.
 */
final class YamlParser {

    static final int MOST_CHARACTERS = 1 << 20;
    private static final int MOST_NODES = 100_000;
    private static final int DEEPEST = 32;

    private final Problems problems;
    private int nodes;

    private YamlParser(Problems problems) {
        this.problems = problems;
    }

    /** @return {@code null} when the text is no YAML document; the reason is then among {@code problems} */
    static @Nullable Yaml parse(String text, Problems problems) {
        if (text.length() > MOST_CHARACTERS) {
            problems.add(1, "", "the file is larger than " + MOST_CHARACTERS + " characters");
            return null;
        }
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MOST_CHARACTERS);
        options.setNestingDepthLimit(DEEPEST);
        options.setMaxAliasesForCollections(100);
        Node root = null;
        try {
            // SnakeYAML's front door would make a constructor and a representer of objects, too: 60 classes for
            // nothing.
            Composer documents = new Composer(new ParserImpl(new StreamReader(text), options), new Resolver(), options);
            while (documents.checkNode()) {
                Node document = documents.getNode();
                if (root != null) {
                    problems.add(line(document), "", "a policy is one YAML document; remove the second one");
                    return null;
                }
                root = document;
            }
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            problems.add(line, "", "this is not YAML: " + oneLine(e.getProblem()));
            return null;
        } catch (YAMLException | IndexOutOfBoundsException | StackOverflowError e) {
            // Unprintable characters, too many aliases, too deep; and what the scanner has been seen to throw on odd
            // input.
            problems.add(1, "", "this is not YAML: " + oneLine(e.getMessage()));
            return null;
        }
        if (root == null) {
            problems.add(1, "", "the file is empty; a policy starts with 'version: 1'");
            return null;
        }
        return new YamlParser(problems).convert(root, "", 0);
    }

    private static String oneLine(@Nullable String message) {
        return message == null ? "unreadable" : message.lines().findFirst().orElse("unreadable");
    }

    private static int line(Node node) {
        return node.getStartMark() == null ? 1 : node.getStartMark().getLine() + 1;
    }

    private @Nullable Yaml convert(Node node, String path, int depth) {
        if (++nodes > MOST_NODES || depth > DEEPEST) {
            if (nodes < Integer.MAX_VALUE / 2) {
                nodes = Integer.MAX_VALUE / 2;
                problems.add(
                        line(node), path, "too many or too deeply nested values (aliases count where they are used)");
            }
            return null;
        }
        if (node instanceof ScalarNode scalar) {
            return scalar(scalar, path);
        }
        if (node instanceof SequenceNode sequence && Tag.SEQ.equals(node.getTag())) {
            List<Yaml> items = new ArrayList<>();
            for (Node item : sequence.getValue()) {
                Yaml converted = convert(item, path + "[" + items.size() + "]", depth + 1);
                if (converted == null) {
                    return null;
                }
                items.add(converted);
            }
            return new Yaml.Sequence(List.copyOf(items), line(node));
        }
        if (node instanceof MappingNode mapping && Tag.MAP.equals(node.getTag())) {
            return mapping(mapping, path, depth);
        }
        problems.add(line(node), path, "tags such as " + node.getTag() + " are not allowed");
        return null;
    }

    private @Nullable Yaml mapping(MappingNode node, String path, int depth) {
        List<Yaml.Entry> entries = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (NodeTuple tuple : node.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                problems.add(line(tuple.getKeyNode()), path, "a key is text");
                return null;
            }
            String name = key.getValue();
            int line = line(key);
            if (!names.add(name)) {
                problems.add(line, Section.join(path, name), "the key is given twice");
                continue;
            }
            Yaml value = convert(tuple.getValueNode(), Section.join(path, name), depth + 1);
            if (value == null) {
                return null;
            }
            entries.add(new Yaml.Entry(name, line, value));
        }
        return new Yaml.Mapping(List.copyOf(entries), line(node));
    }

    private Yaml.@Nullable Scalar scalar(ScalarNode node, String path) {
        Tag tag = node.getTag();
        Yaml.Type type;
        if (Tag.INT.equals(tag) || Tag.FLOAT.equals(tag)) {
            type = Yaml.Type.NUMBER;
        } else if (Tag.BOOL.equals(tag)) {
            type = Yaml.Type.BOOLEAN;
        } else if (Tag.NULL.equals(tag)) {
            type = Yaml.Type.NULL;
        } else if (Tag.STR.equals(tag) || Tag.TIMESTAMP.equals(tag) || Tag.MERGE.equals(tag)) {
            type = Yaml.Type.TEXT;
        } else {
            problems.add(line(node), path, "tags such as " + tag + " are not allowed");
            return null;
        }
        return new Yaml.Scalar(node.getValue(), type, line(node));
    }
}
