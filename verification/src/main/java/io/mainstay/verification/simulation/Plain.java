package io.mainstay.verification.simulation;

import io.mainstay.core.domain.Command;
import io.mainstay.core.domain.Domains;
import io.mainstay.core.domain.Event;
import io.mainstay.core.domain.Message;
import io.mainstay.core.domain.Rejection;
import io.mainstay.core.domain.Saga;
import io.mainstay.core.log.LoggedEvent;
import io.mainstay.core.log.ReceivedMessage;
import io.mainstay.core.log.SentMessage;
import io.mainstay.core.saga.SagaCommand;
import io.mainstay.core.saga.SagaDomain;
import io.mainstay.core.saga.SagaEvent;
import io.mainstay.core.saga.SagaEvent.PlannedStep;
import io.mainstay.core.saga.StepCommand;
import io.mainstay.core.wire.WireReader;
import io.mainstay.core.wire.WireWriter;
import io.mainstay.domain.ledger.LedgerDomain;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a log tells, without the words of refusals and the versions of domains, so that it can be compared with what it should. */
final class Plain {
    /** To read and to write with. */
    static final Domains DOMAINS = new Domains(List.of(new LedgerDomain(), new PurseDomain(), new SagaDomain()));

    private Plain() {}

    static Rejection rejection(String code) {
        return new Rejection(Rejection.Kind.REFUSED, code, "", "");
    }

    static StepCommand written(Command command) {
        WireWriter out = new WireWriter(128);
        DOMAINS.encode(command, out);
        return new StepCommand(DOMAINS.idOf(command), 1, out.toByteArray());
    }

    static Command command(StepCommand command) {
        return DOMAINS.decode(command.domainId(), command.bytes());
    }

    /** That a saga begins, with the steps of its own shard attempted but for the pivot. */
    static SagaEvent.Began began(Saga saga, int here, Line line, long deadlineMicros) {
        List<PlannedStep> steps = new ArrayList<>();
        for (Saga.Step step : saga.steps()) {
            boolean attempted = step.shard() == here && !step.isPivot();
            steps.add(new PlannedStep(
                    step.shard(),
                    step.attempt().getClass().getSimpleName(),
                    attempted ? Optional.empty() : Optional.of(written(step.attempt())),
                    step.confirm().map(Plain::written),
                    step.cancel().map(Plain::written)));
        }
        return new SagaEvent.Began(line.offset(), saga.subject(), line.nowMicros(), deadlineMicros, steps);
    }

    static List<Event> events(List<LoggedEvent> logged) {
        return logged.stream()
                .map(event -> event(DOMAINS.byId(event.domainId()).events().decode(new WireReader(event.bytes()))))
                .toList();
    }

    static List<Message> messages(List<SentMessage> sent) {
        return sent.stream()
                .map(message ->
                        new Message(message.receiver(), order(DOMAINS.decode(message.domainId(), message.bytes()))))
                .toList();
    }

    /** What a shard has received, as its sender has sent it. */
    static Message message(int receiver, ReceivedMessage message) {
        return new Message(receiver, order(DOMAINS.decode(message.domainId(), message.bytes())));
    }

    private static Event event(Event event) {
        return event instanceof SagaEvent fact ? event(fact) : event;
    }

    private static SagaEvent event(SagaEvent event) {
        return switch (event) {
            case SagaEvent.Began(var saga, var subject, var beganMicros, var deadlineMicros, var steps) ->
                new SagaEvent.Began(
                        saga,
                        subject,
                        beganMicros,
                        deadlineMicros,
                        steps.stream().map(Plain::step).toList());
            case SagaEvent.AttemptRefused(var saga, var step, var refusal) ->
                new SagaEvent.AttemptRefused(saga, step, plain(refusal));
            case SagaEvent.TimedOut(var saga, var refusal) -> new SagaEvent.TimedOut(saga, plain(refusal));
            case SagaEvent.StepStuck(var saga, var step, var refusal) ->
                new SagaEvent.StepStuck(saga, step, plain(refusal));
            case SagaEvent.Ended(var saga, var refusal) -> new SagaEvent.Ended(saga, refusal.map(Plain::plain));
            case SagaEvent.Declined(var coordinator, var saga, var step, var refusal) ->
                new SagaEvent.Declined(coordinator, saga, step, plain(refusal));
            case SagaEvent.AttemptMade made -> made;
            case SagaEvent.StepFinished finished -> finished;
        };
    }

    private static Command order(Command command) {
        return command instanceof SagaCommand told ? order(told) : command;
    }

    private static SagaCommand order(SagaCommand command) {
        return switch (command) {
            case SagaCommand.Attempt(var coordinator, var saga, var step, var deadlineMicros, var order) ->
                new SagaCommand.Attempt(coordinator, saga, step, deadlineMicros, plain(order));
            case SagaCommand.Attempted(var saga, var step, var refusal) ->
                new SagaCommand.Attempted(saga, step, refusal.map(Plain::plain));
            case SagaCommand.Finish(var coordinator, var saga, var step, var cancels, var order) ->
                new SagaCommand.Finish(coordinator, saga, step, cancels, plain(order));
            case SagaCommand.Finished(var saga, var step, var stuck) ->
                new SagaCommand.Finished(saga, step, stuck.map(Plain::plain));
        };
    }

    private static PlannedStep step(PlannedStep step) {
        return new PlannedStep(
                step.shard(),
                step.what(),
                step.attempt().map(Plain::plain),
                step.confirm().map(Plain::plain),
                step.cancel().map(Plain::plain));
    }

    private static StepCommand plain(StepCommand command) {
        return new StepCommand(command.domainId(), 1, command.bytes());
    }

    private static Rejection plain(Rejection refusal) {
        return rejection(refusal.code());
    }
}
