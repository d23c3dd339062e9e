package io.sallyport.controlplane.relay;

import io.sallyport.controlplane.CallerNetwork;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many connections a relay holds. Those that have shown a certificate have places of their own: whoever has none, and only opens
 * connections, takes no place away from them. Until then a connection is a stranger's; of strangers there are few at once, and from one
 * address fewer still, so that one host alone cannot keep the others from their handshakes. Thread-safe.
 */
final class Places {

    private static final int FEWEST_STRANGERS = 16;
    private static final int FEWEST_OF_AN_ADDRESS = 8;

    private final int most;
    private final int mostStrangers;
    private final int mostOfAnAddress;
    private final Map<InetAddress, Integer> strangersOf = new HashMap<>();
    private int strangers;
    private int callers;

    private enum Holder {
        STRANGER,
        CALLER,
        NOBODY
    }

    /** @param most callers with a certificate */
    Places(int most) {
        this.most = most;
        this.mostStrangers = Math.max(FEWEST_STRANGERS, most / 4);
        this.mostOfAnAddress = Math.max(FEWEST_OF_AN_ADDRESS, mostStrangers / 4);
    }

    /** Somebody has connected; {@code null} when there are too many who have shown nothing yet. */
    synchronized @Nullable Place enter(InetAddress from) {
        InetAddress origin = CallerNetwork.of(from);
        int already = strangersOf.getOrDefault(origin, 0);
        if (strangers >= mostStrangers || already >= mostOfAnAddress) {
            return null;
        }
        strangers++;
        strangersOf.put(origin, already + 1);
        return new Place(origin);
    }

    /** One connection's. */
    final class Place {

        private final InetAddress origin;
        private Holder holder = Holder.STRANGER;

        private Place(InetAddress origin) {
            this.origin = origin;
        }

        /**
         * The stranger has shown a good certificate, and from now on is a caller.
         *
         * @return {@code false} when there is no place for one more, or the connection has ended
         */
        boolean admit() {
            synchronized (Places.this) {
                if (holder != Holder.STRANGER || callers >= most) {
                    return false;
                }
                leave();
                holder = Holder.CALLER;
                callers++;
                return true;
            }
        }

        /** The connection has ended. Once is enough. */
        void leave() {
            synchronized (Places.this) {
                if (holder == Holder.STRANGER) {
                    strangers--;
                    strangersOf.computeIfPresent(origin, (key, count) -> count == 1 ? null : count - 1);
                } else if (holder == Holder.CALLER) {
                    callers--;
                }
                holder = Holder.NOBODY;
            }
        }
    }
}
