package org.chevet.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.chevet.forecast.CountDistribution;
import org.junit.jupiter.api.Test;

class GroupAheadTest {
    @Test
    void shouldAddUpHospitals() {
        CountDistribution coin = CountDistribution.of(0, 0.5, 0.5);
        List<GroupAhead> one = List.of(new GroupAhead(24, 1, coin, 1), new GroupAhead(336, 1, coin, 1));

        List<GroupAhead> sum = GroupAhead.sum(List.of(one, List.of(), one));

        assertThat(sum).extracting(GroupAhead::hours).containsExactly(24, 336);
        assertThat(sum).extracting(GroupAhead::hospitals).containsOnly(2);
        assertThat(sum).extracting(GroupAhead::beds).containsOnly(2);
        assertThat(sum.getFirst().patients().atLeast(2)).isEqualTo(0.25);
    }
}
