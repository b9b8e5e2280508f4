package org.chevet.occupancy;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Set;
import org.chevet.hospital.StayId;
import org.jspecify.annotations.Nullable;

/**
 * Stays by their numbers, immutable: one that is changed shares all but a few small arrays with the one before, so that every view has its own. A hash
 * array mapped trie (Bagwell, <i>Ideal Hash Trees</i>, 2001) whose leaves are the stays themselves, as these know their numbers. Equal maps
 * have equal shapes, and therefore the same order.
 */
final class StayTrie extends AbstractMap<StayId, Stay> {
    private static final int BITS = 5;

    static final StayTrie EMPTY = new StayTrie(new Node(0, new Object[0]), 0);

    /** @param slots for each bit that is set, from the lowest: a Node, a Stay, or Stay[] of several whose hashes are equal */
    private record Node(int bits, Object[] slots) {}

    private final Node root;
    private final int size;

    private StayTrie(Node root, int size) {
        this.root = root;
        this.size = size;
    }

    /** With this stay instead of the one with its number, if any. */
    StayTrie plus(Stay stay) {
        Node changed = plus(root, stay, hash(stay.id()), 0);
        return new StayTrie(changed, containsKey(stay.id()) ? size : size + 1);
    }

    /** Without the stay of this number; the same map where there is none. */
    StayTrie minus(StayId id) {
        return containsKey(id) ? new StayTrie(minus(root, id, hash(id), 0), size - 1) : this;
    }

    @Override
    public @Nullable Stay get(@Nullable Object key) {
        if (!(key instanceof StayId id)) {
            return null;
        }
        int hash = hash(id);
        Object at = root;
        for (int shift = 0; at instanceof Node node; shift += BITS) {
            int bit = bit(hash, shift);
            if ((node.bits & bit) == 0) {
                return null;
            }
            at = node.slots[place(node, bit)];
        }
        if (at instanceof Stay stay) {
            return stay.id().equals(id) ? stay : null;
        }
        for (Stay stay : stays(at)) {
            if (stay.id().equals(id)) {
                return stay;
            }
        }
        return null;
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return get(key) != null;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public Set<Entry<StayId, Stay>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public int size() {
                return size;
            }

            @Override
            public Iterator<Entry<StayId, Stay>> iterator() {
                return new Entries(root);
            }
        };
    }

    private static Node plus(Node node, Stay stay, int hash, int shift) {
        int bit = bit(hash, shift);
        int place = place(node, bit);
        if ((node.bits & bit) == 0) {
            Object[] slots = new Object[node.slots.length + 1];
            System.arraycopy(node.slots, 0, slots, 0, place);
            slots[place] = stay;
            System.arraycopy(node.slots, place, slots, place + 1, node.slots.length - place);
            return new Node(node.bits | bit, slots);
        }
        Object[] slots = node.slots.clone();
        slots[place] = node.slots[place] instanceof Node below
                ? plus(below, stay, hash, shift + BITS)
                : joined(node.slots[place], stay, hash, shift + BITS);
        return new Node(node.bits, slots);
    }

    /** What comes where a leaf was. */
    private static Object joined(Object leaf, Stay stay, int hash, int shift) {
        Stay[] there = stays(leaf);
        for (int i = 0; i < there.length; i++) {
            if (there[i].id().equals(stay.id())) {
                Stay[] changed = there.clone();
                changed[i] = stay;
                return changed.length == 1 ? stay : changed;
            }
        }
        int hashThere = hash(there[0].id());
        if (hashThere == hash) {
            Stay[] more = Arrays.copyOf(there, there.length + 1);
            more[there.length] = stay;
            // Whichever came first: equal maps have equal shapes.
            Arrays.sort(more, (one, other) -> one.id().compareTo(other.id()));
            return more;
        }
        Node both = new Node(bit(hashThere, shift), new Object[] {leaf});
        return plus(both, stay, hash, shift);
    }

    private static Node minus(Node node, StayId id, int hash, int shift) {
        int bit = bit(hash, shift);
        int place = place(node, bit);
        Object left = node.slots[place] instanceof Node below
                ? pulledUp(minus(below, id, hash, shift + BITS))
                : leaf(Arrays.stream(stays(node.slots[place]))
                        .filter(stay -> !stay.id().equals(id))
                        .toArray(Stay[]::new));
        if (left != null) {
            Object[] slots = node.slots.clone();
            slots[place] = left;
            return new Node(node.bits, slots);
        }
        Object[] slots = new Object[node.slots.length - 1];
        System.arraycopy(node.slots, 0, slots, 0, place);
        System.arraycopy(node.slots, place + 1, slots, place, slots.length - place);
        return new Node(node.bits & ~bit, slots);
    }

    /** A leaf that is alone below stands where the path to it began. */
    private static Object pulledUp(Node node) {
        return node.slots.length == 1 && !(node.slots[0] instanceof Node) ? node.slots[0] : node;
    }

    private static @Nullable Object leaf(Stay[] stays) {
        return switch (stays.length) {
            case 0 -> null;
            case 1 -> stays[0];
            default -> stays;
        };
    }

    private static Stay[] stays(Object leaf) {
        return leaf instanceof Stay stay ? new Stay[] {stay} : (Stay[]) leaf;
    }

    /** Numbers that differ in their last digits only have hashes next to each other. */
    private static int hash(StayId id) {
        int hash = id.hashCode() * 0x9E3779B9;
        return hash ^ hash >>> 15;
    }

    private static int bit(int hash, int shift) {
        return 1 << (hash >>> shift);
    }

    private static int place(Node node, int bit) {
        return Integer.bitCount(node.bits & bit - 1);
    }

    private static final class Entries implements Iterator<Entry<StayId, Stay>> {
        private final Deque<Iterator<?>> path = new ArrayDeque<>();
        private @Nullable Stay next;

        Entries(Node root) {
            path.push(Arrays.asList(root.slots).iterator());
            advance();
        }

        private void advance() {
            next = null;
            while (next == null && !path.isEmpty()) {
                if (!path.getFirst().hasNext()) {
                    path.pop();
                    continue;
                }
                switch (path.getFirst().next()) {
                    case Node node -> path.push(Arrays.asList(node.slots).iterator());
                    case Stay[] several -> path.push(Arrays.asList(several).iterator());
                    case Object stay -> next = (Stay) stay;
                }
            }
        }

        @Override
        public boolean hasNext() {
            return next != null;
        }

        @Override
        public Entry<StayId, Stay> next() {
            Stay is = next;
            if (is == null) {
                throw new NoSuchElementException();
            }
            advance();
            return new SimpleImmutableEntry<>(is.id(), is);
        }
    }
}
