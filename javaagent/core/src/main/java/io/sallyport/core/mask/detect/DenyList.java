package io.sallyport.core.mask.detect;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Aho and Corasick's automaton (CACM 18, 1975): all terms in one pass, whatever their number. Letters compare in lower case. */
final class DenyList implements CustomDetector {

    private static final class Node {
        final Map<Character, Node> next = new HashMap<>();

        @Nullable
        Node fail;
        /** Length of the longest term that ends here; 0 for none. */
        int length;
    }

    private final String entity;
    private final Node root = new Node();

    DenyList(String entity, List<String> terms) {
        this.entity = entity;
        for (String term : terms) {
            if (term.isBlank()) {
                throw new IllegalArgumentException("an empty term in the list of " + entity);
            }
            Node node = root;
            for (int i = 0; i < term.length(); i++) {
                node = node.next.computeIfAbsent(Character.toLowerCase(term.charAt(i)), c -> new Node());
            }
            node.length = term.length();
        }
        link();
    }

    private void link() {
        Deque<Node> queue = new ArrayDeque<>(List.of(root));
        while (!queue.isEmpty()) {
            Node node = queue.remove();
            node.next.forEach((c, child) -> {
                Node fail = node.fail;
                while (fail != null && !fail.next.containsKey(c)) {
                    fail = fail.fail;
                }
                Node target = fail == null ? null : fail.next.get(c);
                child.fail = target == null ? root : target;
                queue.add(child);
            });
        }
    }

    @Override
    public String entity() {
        return entity;
    }

    @Override
    public List<Finding> find(String text) {
        List<Finding> findings = new ArrayList<>(2);
        Node node = root;
        for (int i = 0; i < text.length(); i++) {
            node = step(node, Character.toLowerCase(text.charAt(i)));
            if (Chars.isWord(Chars.at(text, i + 1)) && Chars.isWord(text.charAt(i))) {
                continue;
            }
            for (Node ends = node; ends != null; ends = ends.fail) {
                int start = i + 1 - ends.length;
                boolean apart = ends.length > 0
                        && !(Chars.isWord(Chars.at(text, start - 1)) && Chars.isWord(text.charAt(start)));
                if (apart) {
                    report(findings, start, i + 1);
                    break;
                }
            }
        }
        return findings;
    }

    private Node step(Node from, char c) {
        Node node = from;
        while (true) {
            Node next = node.next.get(c);
            if (next != null) {
                return next;
            }
            if (node.fail == null) {
                return root;
            }
            node = node.fail;
        }
    }

    private void report(List<Finding> findings, int start, int end) {
        while (!findings.isEmpty() && findings.get(findings.size() - 1).start() >= start) {
            findings.remove(findings.size() - 1);
        }
        if (findings.isEmpty() || findings.get(findings.size() - 1).end() <= start) {
            findings.add(new Finding(entity, start, end));
        }
    }
}
