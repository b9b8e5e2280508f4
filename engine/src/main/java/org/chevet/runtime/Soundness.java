package org.chevet.runtime;

import java.util.List;
import org.chevet.occupancy.Breach;
import org.chevet.occupancy.Occupancy;
import org.jspecify.annotations.Nullable;

/**
 * Who is asked whether a live state agrees with itself. The state's own check is the only one there is in production, and
 * no way is known to make it fail: a test of what follows a breach needs another.
 */
interface Soundness {
    /** What the state says of itself. */
    Soundness OWN = new Soundness() {
        @Override
        public @Nullable Breach sinceMade(Occupancy occupancy) {
            return occupancy.breach();
        }

        @Override
        public List<Breach> ofEverything(Occupancy occupancy) {
            return occupancy.breaches();
        }
    };

    /** The first breach since this state was made, null while there is none; in a time that does not grow with the hospital. */
    @Nullable
    Breach sinceMade(Occupancy occupancy);

    /** Every breach there is now, in a time that grows with the hospital. */
    List<Breach> ofEverything(Occupancy occupancy);
}
