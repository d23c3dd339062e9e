package io.sallyport.it.lineage;

import java.util.List;

/**
 * What a statement did on one variant of the data.
 *
 * @param rows what it returned, as text
 * @param columns how many columns that has
 * @param changed rows it changed; -1 for a query
 * @param written afterwards, the columns of the written table that are not sensitive
 * @param error SQLState and message; empty when it ran
 */
record Result(List<List<String>> rows, int columns, int changed, List<List<String>> written, String error) {

    static Result failed(String error) {
        return new Result(List.of(), 0, -1, List.of(), error);
    }
}
