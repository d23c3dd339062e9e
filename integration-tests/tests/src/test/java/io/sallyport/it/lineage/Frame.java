package io.sallyport.it.lineage;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What can be named at one place of a query: the sources of its FROM, and those around it. */
final class Frame {

    final Frame outer;
    final List<Source> sources = new ArrayList<>();
    /** Columns that USING and NATURAL have made one. */
    final List<Column> merged = new ArrayList<>();
    /** CTEs that are visible from here on. */
    final List<Source> ctes = new ArrayList<>();

    Frame(Frame outer) {
        this.outer = outer;
    }

    /** A column and how to write it here. */
    record Reference(Column column, String sql) {}

    boolean has(String alias) {
        return sources.stream().anyMatch(s -> s.alias().equals(alias));
    }

    /** All columns of a type that can be named, in every way they can. */
    List<Reference> references(Type type) {
        List<Reference> all = new ArrayList<>();
        for (Column column : merged) {
            if (column.type() == type) {
                all.add(new Reference(column, column.name()));
            }
        }
        for (Frame frame = this; frame != null; frame = frame.outer) {
            for (Source source : frame.sources) {
                for (Column column : source.columns()) {
                    if (column.type() == type && source.isUnique(column.name())) {
                        add(frame, source, column, all);
                    }
                }
            }
        }
        return all;
    }

    private void add(Frame frame, Source source, Column column, List<Reference> all) {
        boolean shadowed = false;
        boolean ambiguous = false;
        for (Frame f = this; f != frame.outer; f = f.outer) {
            for (Source s : f.sources) {
                shadowed |= s != source && s.alias().equals(source.alias());
                ambiguous |= s != source
                        && s.columns().stream().anyMatch(c -> c.name().equals(column.name()));
            }
        }
        if (!shadowed) {
            all.add(new Reference(column, source.alias() + "." + column.name()));
        }
        if (!ambiguous) {
            all.add(new Reference(column, column.name()));
        }
    }

    /** All that may be seen of a row, as further keys of an order: among equal ones it does not matter then which row is taken. */
    String clearColumns() {
        return Stream.of(Type.TEXT, Type.INT, Type.NUM, Type.BOOL, Type.DATE)
                .flatMap(type -> references(type).stream())
                .filter(r -> !r.column().tainted() && r.sql().contains("."))
                .map(r -> ", " + r.sql())
                .collect(Collectors.joining());
    }

    /** Sources of this frame and those around it that no nearer one hides. */
    List<Source> visible() {
        List<Source> all = new ArrayList<>();
        for (Frame frame = this; frame != null; frame = frame.outer) {
            for (Source source : frame.sources) {
                boolean hidden = all.stream().anyMatch(s -> s.alias().equals(source.alias()));
                // A column of that name would be read instead of the row.
                boolean column =
                        references(Type.TEXT).stream().anyMatch(r -> r.sql().equals(source.alias()));
                if (!hidden && !column) {
                    all.add(source);
                }
            }
        }
        return all;
    }

    /** The CTE that {@code name} means here; {@code null} when it means a table. */
    Source cte(String name) {
        for (Frame frame = this; frame != null; frame = frame.outer) {
            for (int i = frame.ctes.size() - 1; i >= 0; i--) {
                if (frame.ctes.get(i).alias().equals(name)) {
                    return frame.ctes.get(i);
                }
            }
        }
        return null;
    }

    List<Source> allCtes() {
        List<Source> all = new ArrayList<>();
        for (Frame frame = this; frame != null; frame = frame.outer) {
            for (Source cte : frame.ctes) {
                if (cte(cte.alias()) == cte) {
                    all.add(cte);
                }
            }
        }
        return all;
    }
}
