package io.mainstay.core.access;

import io.mainstay.core.access.Member.Kind;
import io.mainstay.core.access.Member.Property;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What callers are told about something: named members, in this order.
 *
 * @param name of the schema in OpenAPI; documents of one name have the same members
 * @param <T> what it tells about
 */
public record Document<T>(String name, String description, List<Member<T>> members) {
    public Document {
        members = List.copyOf(members);
        if (members.stream().map(member -> member.property().name()).distinct().count() < members.size()) {
            throw new IllegalArgumentException("document " + name + " has a member twice");
        }
    }

    public static <T> Builder<T> named(String name, String description) {
        return new Builder<>(name, description);
    }

    /** Collects the members of a document, in their order. */
    public static final class Builder<T> {
        private final String name;
        private final String description;
        private final List<Member<T>> members = new ArrayList<>();

        private Builder(String name, String description) {
            this.name = name;
            this.description = description;
        }

        public Builder<T> uuid(String member, Function<T, UUID> of, String about, UUID example) {
            return value(member, Kind.UUID, false, of::apply, about, example);
        }

        public Builder<T> uuidOrNull(String member, Function<T, @Nullable UUID> of, String about, UUID example) {
            return value(member, Kind.UUID, true, of::apply, about, example);
        }

        public Builder<T> text(String member, Function<T, String> of, String about, String example) {
            return value(member, Kind.TEXT, false, of::apply, about, example);
        }

        /** A text that is shown as null if there is none, or an empty one. */
        public Builder<T> textOrNull(String member, Function<T, @Nullable String> of, String about, String example) {
            return value(member, Kind.TEXT, true, told -> orNull(of.apply(told)), about, example);
        }

        public Builder<T> whole(String member, ToLongFunction<T> of, String about, long example) {
            return whole(member, Kind.INTEGER, of, about, example);
        }

        public Builder<T> wholeOrNull(String member, Function<T, @Nullable Long> of, String about, long example) {
            return value(member, Kind.INTEGER, true, of::apply, about, example);
        }

        public Builder<T> truth(String member, Function<T, Boolean> of, String about, boolean example) {
            return value(member, Kind.BOOLEAN, false, of::apply, about, example);
        }

        public Builder<T> time(String member, Function<T, Instant> of, String about) {
            return value(member, Kind.TIME, false, of::apply, about, "2026-01-02T03:04:05.123456Z");
        }

        public Builder<T> timeOrNull(String member, Function<T, @Nullable Instant> of, String about) {
            return value(member, Kind.TIME, true, of::apply, about, "2026-01-02T03:04:05.123456Z");
        }

        /** The shard whose log holds it, as {@code shard}, and its position there, as {@code offset}. */
        public Builder<T> place(ToLongFunction<T> shard, ToLongFunction<T> offset) {
            return whole("shard", Kind.SHARD, shard, "", 2).whole("offset", Kind.OFFSET, offset, "", 57);
        }

        public <P> Builder<T> parts(String member, Function<T, List<P>> of, String about, Document<P> part) {
            members.add(new Member.Parts<>(new Property(member, Kind.LIST, false, about, ""), of, part));
            return this;
        }

        public Document<T> build() {
            return new Document<>(name, description, members);
        }

        private Builder<T> whole(String member, Kind kind, ToLongFunction<T> of, String about, long example) {
            members.add(new Member.Whole<>(new Property(member, kind, false, about, example), of));
            return this;
        }

        private Builder<T> value(
                String member,
                Kind kind,
                boolean nullable,
                Function<T, @Nullable Object> of,
                String about,
                Object example) {
            members.add(new Member.Value<>(new Property(member, kind, nullable, about, example), of));
            return this;
        }

        private static @Nullable String orNull(@Nullable String text) {
            return text == null || text.isEmpty() ? null : text;
        }
    }
}
