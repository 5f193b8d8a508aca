package io.mainstay.verification.simulation;

import io.mainstay.core.domain.Saga;
import io.mainstay.verification.simulation.PurseState.Payment;
import io.mainstay.verification.simulation.PurseState.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The rules of purses written a second time. */
final class PurseBooks {
    private final Books books;
    private final Map<Integer, List<Payment>> paid = new TreeMap<>();
    private final Map<Integer, List<Payment>> taken = new TreeMap<>();
    private final TreeMap<Place, Long> held = new TreeMap<>();
    private long keptMinor;
    private boolean shut;

    PurseBooks(Books books) {
        this.books = books;
    }

    PurseBooks copy(Books owner) {
        PurseBooks copy = new PurseBooks(owner);
        paid.forEach((receiver, payments) -> copy.paid.put(receiver, new ArrayList<>(payments)));
        taken.forEach((sender, payments) -> copy.taken.put(sender, new ArrayList<>(payments)));
        copy.held.putAll(held);
        copy.keptMinor = keptMinor;
        copy.shut = shut;
        return copy;
    }

    List<Payment> paidTo(int receiver) {
        return paid.getOrDefault(receiver, List.of());
    }

    List<Payment> takenFrom(int sender) {
        return taken.getOrDefault(sender, List.of());
    }

    Map<Place, Long> held() {
        return held;
    }

    long keptMinor() {
        return keptMinor;
    }

    void run(PurseCommand command, Line line) throws Refused {
        switch (command) {
            case PurseCommand.Pay(var id, var ledger, var receiver, var amountMinor) -> {
                Refused.unless(receiver != books.shard(), "purse-own");
                paid.computeIfAbsent(receiver, first -> new ArrayList<>()).add(new Payment(line.offset(), amountMinor));
                books.add(new PurseEvent.Paid(receiver, amountMinor, line.offset()));
                books.send(receiver, new PurseCommand.Take(books.shard(), amountMinor, line.offset()));
            }
            case PurseCommand.Take(var sender, var amountMinor, var serial) -> {
                taken.computeIfAbsent(sender, first -> new ArrayList<>()).add(new Payment(serial, amountMinor));
                books.add(new PurseEvent.Taken(sender, amountMinor, serial));
            }
            case PurseCommand.Turn turn -> {
                shut = !shut;
                books.add(new PurseEvent.Turned(shut));
            }
            case PurseCommand.Share share -> books.sagas().begin(saga(share), line);
            case PurseCommand.Hold(var place, var amountMinor) -> {
                Refused.unless(!shut, "purse-shut");
                Refused.unless(!held.containsKey(place), "purse-held");
                held.put(place, amountMinor);
                books.add(new PurseEvent.Held(place, amountMinor));
            }
            case PurseCommand.Keep(var place) -> {
                long amountMinor = taken(place);
                keptMinor += amountMinor;
                books.add(new PurseEvent.Kept(place, amountMinor));
            }
            case PurseCommand.Drop(var place) -> books.add(new PurseEvent.Dropped(place, taken(place)));
            case PurseCommand.Grab(var place, var amountMinor) -> {
                Refused.unless(!shut, "purse-shut");
                keptMinor += amountMinor;
                books.add(new PurseEvent.Grabbed(place, amountMinor));
            }
        }
    }

    private static Saga saga(PurseCommand.Share share) {
        List<Saga.Step> steps = new ArrayList<>();
        for (int index = 0; index < share.parts().size(); index++) {
            PurseCommand.Part part = share.parts().get(index);
            Place place = new Place(share.id(), index);
            if (index == share.pivot()) {
                steps.add(Saga.Step.pivot(part.shard(), new PurseCommand.Grab(place, part.amountMinor())));
            } else {
                steps.add(Saga.Step.compensable(
                        part.shard(),
                        new PurseCommand.Hold(place, part.amountMinor()),
                        Optional.of(new PurseCommand.Keep(place)),
                        new PurseCommand.Drop(place)));
            }
        }
        return new Saga(share.id(), steps, share.timeoutMicros());
    }

    private long taken(Place place) {
        long amountMinor = held.getOrDefault(place, 0L);
        held.remove(place);
        return amountMinor;
    }
}
