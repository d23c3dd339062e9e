package io.sallyport.controlplane.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In the embedded store a transaction that takes ids is told until it has ended, however it ends. */
class OpenTakersTest {

    @Test
    void aTransactionThatTakesIdsIsOpenUntilItEnds(@TempDir Path directory) {
        try (Database database = Database.open(directory, null)) {
            Set<String> first = database.change(tx -> {
                assertThat(database.openTakers()).isEmpty();
                tx.takesIds();
                return database.openTakers();
            });
            assertThat(first).hasSize(1);
            assertThat(database.openTakers()).isEmpty();
            assertThatThrownBy(() -> database.run(tx -> {
                        tx.takesIds();
                        assertThat(database.openTakers()).hasSize(1).doesNotContainAnyElementsOf(first);
                        throw new IllegalStateException("rolled back");
                    }))
                    .hasMessage("rolled back");
            assertThat(database.openTakers()).isEmpty();
        }
    }
}
