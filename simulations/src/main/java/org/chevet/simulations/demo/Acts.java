package org.chevet.simulations.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.chevet.runtime.Answer;
import org.chevet.runtime.HospitalWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands what people do to the writer, through the same door as the dashboard's acts. */
final class Acts {
    private static final Logger LOG = LoggerFactory.getLogger(Acts.class);

    private Acts() {}

    static List<CompletableFuture<Answer>> submit(HospitalWriter writer, List<Deed> deeds) {
        List<CompletableFuture<Answer>> answers = new ArrayList<>();
        for (Deed deed : deeds) {
            if (deed instanceof Deed.Act act) {
                answers.add(writer.submit(act.act(), act.actor(), null).whenComplete((answer, failed) -> {
                    if (answer instanceof Answer.Refused refused) {
                        // Somebody at the dashboard was faster, or a message is late: the next round sees it.
                        LOG.debug(
                                "{} refused: {}",
                                act.act().getClass().getSimpleName(),
                                refused.refusal().detail());
                    }
                }));
            }
        }
        return answers;
    }
}
