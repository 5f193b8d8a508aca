package io.mainstay.api;

import io.mainstay.core.access.Document;
import io.mainstay.core.access.Member;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes documents as JSON. */
final class DocumentWriter {
    private DocumentWriter() {}

    /** Hot: one per answer; allocates what its texts need. */
    static <T> JsonText write(Document<T> document, T told, JsonText json) {
        json.object();
        List<Member<T>> members = document.members();
        for (int index = 0; index < members.size(); index++) {
            write(members.get(index), told, json);
        }
        return json.end();
    }

    /** Writes a member that is a list of documents. */
    static <T> JsonText list(String name, Document<T> document, List<T> all, JsonText json) {
        json.array(name);
        for (T told : all) {
            write(document, told, json);
        }
        return json.endArray();
    }

    private static <T> void write(Member<T> member, T told, JsonText json) {
        switch (member) {
            case Member.Whole<T>(var property, var of) -> json.number(property.name(), of.applyAsLong(told));
            case Member.Value<T>(var property, var of) -> write(property.name(), of.apply(told), json);
            case Member.Parts<T, ?> parts -> write(parts, told, json);
        }
    }

    private static void write(String name, @Nullable Object value, JsonText json) {
        if (value instanceof Number number) {
            json.number(name, number.longValue());
        } else if (value instanceof Boolean truth) {
            json.truth(name, truth);
        } else {
            json.text(name, value);
        }
    }

    private static <T, P> void write(Member.Parts<T, P> member, T told, JsonText json) {
        json.array(member.property().name());
        for (P part : member.of().apply(told)) {
            write(member.part(), part, json);
        }
        json.endArray();
    }
}
