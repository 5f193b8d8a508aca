package io.mainstay.projector;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.core.projection.ProjectedRows;
import io.mainstay.core.projection.ProjectionFeed.Subscription;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ProjectionFeedHostTest {
    private static final ProjectedRows FIRST = new ProjectedRows("sql", 1, 0, 5, List.of());
    private static final ProjectedRows NEXT = new ProjectedRows("sql", 1, 5, 6, List.of());

    private final ProjectionFeedHost feed = new ProjectionFeedHost();
    private final List<ProjectedRows> told = new ArrayList<>();
    private final List<String> replaced = new ArrayList<>();

    @Test
    void tellsWhoeverAskedUntilTheyDoNot() {
        feed.after(FIRST);
        Subscription subscription = feed.subscribe(told::add, replaced::add);

        feed.after(NEXT);
        subscription.close();
        subscription.close();
        feed.after(FIRST);

        assertThat(told).containsExactly(NEXT);
    }

    @Test
    void endsOneOfTwoSubscriptionsOfAConsumer() {
        Consumer<ProjectedRows> consumer = told::add;
        feed.subscribe(consumer, replaced::add);
        feed.subscribe(consumer, replaced::add).close();

        feed.after(FIRST);

        assertThat(told).containsExactly(FIRST);
    }

    @Test
    void oneThatFailsHoldsNobodyElse() {
        feed.subscribe(
                rows -> {
                    throw new IllegalStateException("no");
                },
                target -> {
                    throw new IllegalStateException("no");
                });
        feed.subscribe(told::add, replaced::add);

        feed.after(FIRST);
        feed.replaced("sql");

        assertThat(told).containsExactly(FIRST);
        assertThat(replaced).containsExactly("sql");
    }
}
