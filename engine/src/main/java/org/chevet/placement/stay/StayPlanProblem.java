package org.chevet.placement.stay;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.chevet.hospital.Sex;

/**
 * Stays to be given rooms over a horizon of nights, with the price of everything in one integer unit of the caller's (points,
 * tenths of points). A plan's cost is the sum of
 *
 * <ul>
 *   <li>for each night of a stay, the price of its room (of its lying nowhere, if it is left without);
 *   <li>for each night of a one-sex room, its price times the number of patients of the sex that is fewer there;
 *   <li>for each change of room between two nights, the price of that move; on the first night a stay may pay as well, when it
 *       does not get the room it has already or was promised: that is what keeps a plan still from one event to the next.
 * </ul>
 *
 * Immutable and safe to share between threads.
 */
public final class StayPlanProblem {
    /** In place of a price: this room is never given to this part of a stay. */
    public static final int NEVER = -1;

    /** The price of what must not be but cannot always be helped; sums of it over any plan stay far from overflow. */
    public static final int HARD = 1_000_000;

    /** In place of a room's index: none. */
    public static final int NOWHERE = -1;

    final int nights;
    final int rooms;
    final int stays;
    final int parts;

    /** Beds by room and night, {@code room * nights + night}; room {@code rooms} is nowhere and takes everybody. */
    final int[] beds;

    final int bedsMost;
    final int[] sexPrice;

    /** 1 or 0; a stay of unknown sex is neither and disturbs nobody. */
    final int[] woman;

    final int[] man;
    final int[] roomBefore;
    final int[] from;
    final int[] to;

    /** Where a stay's nights begin in the arrays by stay-night; the last entry is their number. */
    final int[] firstIndex;

    /** By stay-night: the part it belongs to, and the price of lying there in another room than the night before. */
    final int[] partAt;

    final int[] movePrice;

    final int[] partFrom;
    final int[] partTo;

    /** By part and room, nowhere included: {@code part * (rooms + 1) + room}. */
    final int[] price;

    private StayPlanProblem(Builder builder) {
        nights = builder.nights;
        rooms = builder.beds.size();
        stays = builder.stays.size();
        beds = new int[(rooms + 1) * nights];
        Arrays.fill(beds, rooms * nights, beds.length, Integer.MAX_VALUE / 2);
        for (int room = 0; room < rooms; room++) {
            System.arraycopy(builder.beds.get(room), 0, beds, room * nights, nights);
        }
        bedsMost = Arrays.stream(beds, 0, rooms * nights).max().orElse(0);
        sexPrice = Arrays.copyOf(
                builder.sexPrices.stream().mapToInt(Integer::intValue).toArray(), rooms + 1);
        woman = new int[stays];
        man = new int[stays];
        roomBefore = new int[stays];
        from = new int[stays];
        to = new int[stays];
        firstIndex = new int[stays + 1];
        parts = builder.stays.stream().mapToInt(stay -> stay.parts.size()).sum();
        partFrom = new int[parts];
        partTo = new int[parts];
        price = new int[parts * (rooms + 1)];
        int stayNights = builder.stays.stream().mapToInt(Stay::nights).sum();
        partAt = new int[stayNights];
        movePrice = new int[stayNights];
        int part = 0;
        for (int stay = 0; stay < stays; stay++) {
            part = compile(builder.stays.get(stay), stay, part);
        }
    }

    private int compile(Stay definition, int stay, int firstPart) {
        int part = firstPart;
        int index = firstIndex[stay];
        woman[stay] = definition.sex == Sex.FEMALE ? 1 : 0;
        man[stay] = definition.sex == Sex.MALE ? 1 : 0;
        roomBefore[stay] = definition.roomBefore;
        from[stay] = definition.parts.getFirst().from;
        for (Part each : definition.parts) {
            partFrom[part] = each.from;
            partTo[part] = each.to;
            System.arraycopy(each.prices, 0, price, part * (rooms + 1), rooms);
            price[part * (rooms + 1) + rooms] = definition.priceNowhere;
            for (int night = each.from; night < each.to; night++, index++) {
                partAt[index] = part;
                movePrice[index] = night == each.from ? each.movePrice : definition.movePrice;
            }
            part++;
        }
        to[stay] = definition.parts.getLast().to;
        firstIndex[stay + 1] = index;
        return part;
    }

    public int nights() {
        return nights;
    }

    public int rooms() {
        return rooms;
    }

    public int stays() {
        return stays;
    }

    /** The stay's first night, counted from the beginning of the horizon. */
    public int firstNight(int stay) {
        return from[stay];
    }

    /** The night after the stay's last. */
    public int endNight(int stay) {
        return to[stay];
    }

    int[] stayOfPart() {
        int[] stayOf = new int[parts];
        for (int stay = 0; stay < stays; stay++) {
            for (int index = firstIndex[stay]; index < firstIndex[stay + 1]; index++) {
                stayOf[partAt[index]] = stay;
            }
        }
        return stayOf;
    }

    boolean allows(int part, int room) {
        return price[part * (rooms + 1) + room] != NEVER;
    }

    /** The cost of a whole plan, counted from nothing: {@code roomOf} is by stay-night and nowhere is room {@link #rooms}. */
    long cost(int[] roomOf) {
        return cost(roomOf, sexPrice);
    }

    /** The same at other prices of sexes, by room. */
    long cost(int[] roomOf, int[] sexPrices) {
        int[] men = new int[(rooms + 1) * nights];
        int[] women = new int[(rooms + 1) * nights];
        long cost = 0;
        for (int stay = 0; stay < stays; stay++) {
            int before = roomBefore[stay];
            for (int night = from[stay], index = firstIndex[stay]; night < to[stay]; night++, index++) {
                int room = roomOf[index];
                cost += price[partAt[index] * (rooms + 1) + room] + (room == before ? 0 : movePrice[index]);
                women[room * nights + night] += woman[stay];
                men[room * nights + night] += man[stay];
                before = room;
            }
        }
        for (int place = 0; place < rooms * nights; place++) {
            cost += (long) sexPrices[place / nights] * Math.min(women[place], men[place]);
        }
        return cost;
    }

    private record Part(int from, int to, int[] prices, int movePrice) {}

    private static final class Stay {
        private final Sex sex;
        private final int priceNowhere;
        private final int movePrice;
        private int roomBefore = NOWHERE;
        private final List<Part> parts = new ArrayList<>();

        Stay(Sex sex, int priceNowhere, int movePrice) {
            this.sex = sex;
            this.priceNowhere = priceNowhere;
            this.movePrice = movePrice;
        }

        int nights() {
            return parts.isEmpty() ? 0 : parts.getLast().to - parts.getFirst().from;
        }
    }

    /** Gathers rooms, then stays; each gets the next index, from 0. */
    public static final class Builder {
        private final int nights;
        private final List<int[]> beds = new ArrayList<>();
        private final List<Integer> sexPrices = new ArrayList<>();
        private final List<Stay> stays = new ArrayList<>();

        /** @param nights the length of the horizon, at least 1 */
        public Builder(int nights) {
            if (nights < 1) {
                throw new IllegalArgumentException("nights is " + nights + ", the least is 1");
            }
            this.nights = nights;
        }

        /**
         * @param bedsByNight how many beds of the room may be used on each night of the horizon
         * @param sexPrice per night and patient of the sex that is fewer in the room; 0 for a mixed room, {@link #HARD} where it
         *     must not be
         */
        public Builder room(int[] bedsByNight, int sexPrice) {
            if (bedsByNight.length != nights) {
                throw new IllegalArgumentException("room " + beds.size() + " has beds for " + bedsByNight.length
                        + " nights, the horizon is " + nights);
            }
            if (!stays.isEmpty()) {
                throw new IllegalStateException("rooms come before stays: prices are by room");
            }
            beds.add(bedsByNight.clone());
            sexPrices.add(sexPrice);
            return this;
        }

        /**
         * Begins a stay; its parts follow.
         *
         * @param sex a stay of unknown sex is not counted in a one-sex room
         * @param priceNowhere per night without a room; {@link #HARD} where it must not be
         * @param movePrice of each change of room amid a part
         */
        public Builder stay(Sex sex, int priceNowhere, int movePrice) {
            requireParts();
            stays.add(new Stay(sex, priceNowhere, movePrice));
            return this;
        }

        /**
         * The stay lies in this room before its first night here, or was promised it: another room then costs the {@code
         * movePrice} of its first part.
         */
        public Builder roomBefore(int room) {
            stays.getLast().roomBefore = room;
            return this;
        }

        /**
         * The next nights of the stay. A part with one room allowed is fixed there.
         *
         * @param to the night after the part's last
         * @param prices per night, by room; {@link #NEVER} where the room is not allowed
         * @param movePrice of beginning this part in another room than the night before; for the first part see {@link
         *     #roomBefore}
         */
        public Builder part(int from, int to, int[] prices, int movePrice) {
            Stay stay = stays.getLast();
            if (from < 0 || to > nights || from >= to) {
                throw new IllegalArgumentException("stay " + (stays.size() - 1) + " has a part from night " + from
                        + " to " + to + ", the horizon is 0 to " + nights);
            }
            if (!stay.parts.isEmpty() && stay.parts.getLast().to != from) {
                throw new IllegalArgumentException("stay " + (stays.size() - 1) + " has a part from night " + from
                        + " after one to " + stay.parts.getLast().to);
            }
            if (prices.length != beds.size()) {
                throw new IllegalArgumentException("stay " + (stays.size() - 1) + " has prices for " + prices.length
                        + " rooms, there are " + beds.size());
            }
            boolean free = stay.parts.isEmpty() && stay.roomBefore == NOWHERE;
            stay.parts.add(new Part(from, to, prices.clone(), free ? 0 : movePrice));
            return this;
        }

        public StayPlanProblem build() {
            requireParts();
            return new StayPlanProblem(this);
        }

        private void requireParts() {
            if (!stays.isEmpty() && stays.getLast().parts.isEmpty()) {
                throw new IllegalStateException("stay " + (stays.size() - 1) + " has no part");
            }
        }
    }
}
