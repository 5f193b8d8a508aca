package io.mainstay.projector;

import io.mainstay.core.projection.ProjectedRows;
import io.mainstay.core.projection.ProjectionFeed;
import io.mainstay.core.projection.ProjectionHook;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Local;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A hook of the projection that hands on what was committed to those of the application that have asked for it. */
@Singleton
@Local({ProjectionFeed.class, ProjectionHook.class})
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class ProjectionFeedHost implements ProjectionFeed, ProjectionHook {
    private static final Logger LOG = Logger.getLogger(ProjectionFeedHost.class.getName());

    private final List<Subscribed> subscribed = new CopyOnWriteArrayList<>();

    @Override
    public Subscription subscribe(Consumer<ProjectedRows> consumer, Consumer<String> replaced) {
        Subscribed fresh = new Subscribed(consumer, replaced);
        subscribed.add(fresh);
        return () -> subscribed.remove(fresh);
    }

    @Override
    public void after(ProjectedRows rows) {
        tell(
                each -> each.consumer.accept(rows),
                () -> "shard %d, target %s: a subscriber failed for the rows below offset %d"
                        .formatted(rows.shard(), rows.target(), rows.nextOffset()));
    }

    @Override
    public void replaced(String target) {
        tell(each -> each.replaced.accept(target), () -> "a subscriber failed for new rows of target " + target);
    }

    private void tell(Consumer<Subscribed> news, Supplier<String> complaint) {
        for (Subscribed each : subscribed) {
            try {
                news.accept(each);
            } catch (RuntimeException failure) {
                LOG.log(Level.WARNING, failure, complaint);
            }
        }
    }

    /** A subscription is told from others by itself, so that a consumer can have two. */
    private static final class Subscribed {
        private final Consumer<ProjectedRows> consumer;
        private final Consumer<String> replaced;

        Subscribed(Consumer<ProjectedRows> consumer, Consumer<String> replaced) {
            this.consumer = consumer;
            this.replaced = replaced;
        }
    }
}
