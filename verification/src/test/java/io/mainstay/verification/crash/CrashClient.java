package io.mainstay.verification.crash;

import io.mainstay.client.Answer;
import io.mainstay.client.MainstayClient;
import io.mainstay.client.MainstayProblem;
import io.mainstay.client.MainstayUnreachable;
import io.mainstay.client.PostTransfer;
import io.mainstay.client.Transfer;
import io.mainstay.verification.crash.Attempt.Answered;
import io.mainstay.verification.crash.Attempt.Refused;
import io.mainstay.verification.crash.Attempt.Result;
import io.mainstay.verification.crash.Attempt.Unlearned;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/**
 * One client: sends transfers, one after the other, and notes what it is told.
 *
 * <p>Mostly it is patient and repeats an order under the same key until it knows; sometimes it gives up at once and
 * never learns. Now and then it asks again what was answered long ago, and expects the same answer.
 */
final class CrashClient implements Callable<List<Attempt>> {
    private static final double HASTE = 0.2;
    private static final double DOUBT = 0.05;
    private static final int STATUS_REFUSED_MIN = 400;
    private static final int STATUS_REFUSED_MAX = 499;
    private static final int STATUS_OVERLOADED = 429;

    private final MainstayClient patient;
    private final MainstayClient hasty;
    private final Ledgers ledgers;
    private final RandomGenerator random;
    private final AtomicLong answers;
    private final BooleanSupplier stopped;
    private final List<Attempt> history = new ArrayList<>();

    CrashClient(
            MainstayClient patient,
            MainstayClient hasty,
            Ledgers ledgers,
            RandomGenerator random,
            AtomicLong answers,
            BooleanSupplier stopped) {
        this.patient = patient;
        this.hasty = hasty;
        this.ledgers = ledgers;
        this.random = random;
        this.answers = answers;
        this.stopped = stopped;
    }

    @Override
    public List<Attempt> call() {
        while (!stopped.getAsBoolean()) {
            Attempt order = ledgers.order(random);
            Result result = send(random.nextDouble() < HASTE ? hasty : patient, order);
            history.add(new Attempt(order.id(), order.from(), order.to(), order.amountMinor(), result));
            if (result instanceof Answered) {
                answers.incrementAndGet();
            }
            if (random.nextDouble() < DOUBT) {
                askAgain(history.get(random.nextInt(history.size())));
            }
        }
        return history;
    }

    private static Result send(MainstayClient client, Attempt order) {
        try {
            return new Answered(post(client, order).value());
        } catch (MainstayUnreachable e) {
            return new Unlearned();
        } catch (MainstayProblem e) {
            boolean refused = e.status() >= STATUS_REFUSED_MIN
                    && e.status() <= STATUS_REFUSED_MAX
                    && e.status() != STATUS_OVERLOADED;
            return refused ? new Refused(e.code()) : new Unlearned();
        }
    }

    private void askAgain(Attempt old) {
        if (!(old.result() instanceof Answered(var transfer))) {
            return;
        }
        Answer<Transfer> again = post(patient, old);
        if (!again.repeated() || !again.value().equals(transfer)) {
            throw new IllegalStateException("answered " + transfer + " and, when asked again, " + again);
        }
    }

    private static Answer<Transfer> post(MainstayClient client, Attempt order) {
        return client.send(
                new PostTransfer(order.from(), order.to(), order.amountMinor()).as(order.id()),
                order.id().toString());
    }
}
