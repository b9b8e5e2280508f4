package org.chevet.simulations.timefold;

import ai.timefold.solver.core.api.score.buildin.hardsoftlong.HardSoftLongScore;
import ai.timefold.solver.core.api.score.stream.Constraint;
import ai.timefold.solver.core.api.score.stream.ConstraintCollectors;
import ai.timefold.solver.core.api.score.stream.ConstraintFactory;
import ai.timefold.solver.core.api.score.stream.ConstraintProvider;
import ai.timefold.solver.core.api.score.stream.Joiners;
import java.util.Objects;
import org.chevet.simulations.timefold.PlacedStays.OneSexNight;

/** The published cost in tenths as soft constraints; two patients in one bed is the hard one. */
public final class PlacedStaysConstraints implements ConstraintProvider {
    @Override
    public Constraint[] defineConstraints(ConstraintFactory factory) {
        return new Constraint[] {oneABed(factory), room(factory), oneSex(factory), transfer(factory)};
    }

    private static Constraint oneABed(ConstraintFactory factory) {
        return factory.forEachUniquePair(
                        PlacedPart.class,
                        Joiners.equal(PlacedPart::getBed),
                        Joiners.overlapping(PlacedPart::getFrom, PlacedPart::getTo))
                .penalizeLong(HardSoftLongScore.ONE_HARD, PlacedPart::nightsTogether)
                .asConstraint("one patient a bed");
    }

    private static Constraint room(ConstraintFactory factory) {
        return factory.forEach(PlacedPart.class)
                .penalizeLong(HardSoftLongScore.ONE_SOFT, PlacedPart::price)
                .asConstraint("room");
    }

    private static Constraint oneSex(ConstraintFactory factory) {
        return factory.forEach(PlacedPart.class)
                .join(
                        OneSexNight.class,
                        Joiners.equal(PlacedPart::room, OneSexNight::room),
                        Joiners.filtering((part, night) -> part.covers(night.night())))
                .groupBy(
                        (part, night) -> night,
                        ConstraintCollectors.sumLong((part, night) -> part.isWoman() ? 1 : 0),
                        ConstraintCollectors.sumLong((part, night) -> part.isWoman() ? 0 : 1))
                .penalizeLong(HardSoftLongScore.ONE_SOFT, (night, women, men) -> night.price() * Math.min(women, men))
                .asConstraint("one sex a night");
    }

    private static Constraint transfer(ConstraintFactory factory) {
        return factory.forEach(PlacedPart.class)
                .join(
                        PlacedPart.class,
                        Joiners.equal(PlacedPart::getStay),
                        Joiners.equal(PlacedPart::getTo, PlacedPart::getFrom),
                        Joiners.filtering((before, after) -> !Objects.equals(before.getBed(), after.getBed())))
                .penalizeLong(HardSoftLongScore.ONE_SOFT, (before, after) -> after.getMovePrice())
                .asConstraint("transfer");
    }
}
