package org.chevet.cluster;

import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Members speak over Vert.x's clustered event bus. Its addresses are {@code chevet.SUBJECT} and {@code chevet.MEMBER.SUBJECT}. */
public final class EventBusMessenger implements Messenger {
    private static final String SENDER = "from";
    private static final int FAILED = 1;

    private final EventBus bus;
    private final MemberId self;

    /** @param vertx a clustered one */
    public EventBusMessenger(Vertx vertx, MemberId self) {
        this.bus = vertx.eventBus();
        this.self = self;
    }

    @Override
    public CompletableFuture<byte[]> ask(MemberId member, String subject, byte[] question, Duration timeMax) {
        return bus.<byte[]>request(
                        address(member, subject),
                        question,
                        new DeliveryOptions().setSendTimeout(Math.max(1, timeMax.toMillis())))
                .map(Message::body)
                .toCompletionStage()
                .toCompletableFuture();
    }

    @Override
    public void tell(String subject, byte[] news) {
        bus.publish(address(subject), news, new DeliveryOptions().addHeader(SENDER, self.value()));
    }

    @Override
    public AutoCloseable respond(String subject, Respondent respondent) {
        return closing(bus.consumer(
                address(self, subject),
                (Message<byte[]> question) -> respondent.answer(question.body()).whenComplete((answer, failure) -> {
                    if (failure == null) {
                        question.reply(answer);
                    } else {
                        question.fail(FAILED, failure.getClass().getName());
                    }
                })));
    }

    @Override
    public AutoCloseable listen(String subject, Listener listener) {
        return closing(bus.consumer(address(subject), (Message<byte[]> news) -> {
            if (!self.value().equals(news.headers().get(SENDER))) {
                listener.heard(news.body());
            }
        }));
    }

    private static AutoCloseable closing(MessageConsumer<byte[]> consumer) {
        return consumer::unregister;
    }

    private static String address(String subject) {
        return "chevet." + subject;
    }

    private static String address(MemberId member, String subject) {
        return "chevet." + member.value() + "." + subject;
    }
}
