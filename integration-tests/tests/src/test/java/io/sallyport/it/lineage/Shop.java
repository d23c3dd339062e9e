package io.sallyport.it.lineage;

import java.util.ArrayList;
import java.util.List;

/** The tables and views that statements are made over, from {@code tables.txt} and {@code views.txt}. */
record Shop(List<Source> tables, List<Source> views, List<String> viewTexts) {

    static Shop read(String dialect) {
        List<Source> tables =
                Templates.lines(dialect, "tables").stream().map(Shop::source).toList();
        List<Source> views = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        for (String line : Templates.lines(dialect, "views")) {
            int arrow = line.indexOf("=>");
            views.add(source(line.substring(0, arrow)));
            texts.add(line.substring(arrow + 2).strip());
        }
        return new Shop(tables, List.copyOf(views), List.copyOf(texts));
    }

    /** {@code name | column type | column type!}, the exclamation mark for what is sensitive. */
    private static Source source(String line) {
        String[] parts = line.split("\\|");
        List<Column> columns = new ArrayList<>();
        for (int i = 1; i < parts.length; i++) {
            String part = parts[i].strip();
            int blank = part.lastIndexOf(' ');
            String type = part.substring(blank + 1);
            boolean sensitive = type.endsWith("!");
            columns.add(new Column(part.substring(0, blank).strip(), Type.of(type.replace("!", "")), sensitive, true));
        }
        return new Source(parts[0].strip(), List.copyOf(columns));
    }

    /** The name without its quotes. */
    static String plain(String name) {
        return name.replace("\"", "").replace("`", "");
    }
}
