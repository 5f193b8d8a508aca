package io.mainstay.client;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Orders as JSON of the HTTP interface. */
final class OrderJson {
    private static final String ID = "id";
    private static final String REFERENCE = "reference";
    private static final String AMOUNT = "amountMinor";

    private OrderJson() {}

    static JsonObject write(OpenAccount order) {
        JsonObjectBuilder json = made(order.id()).add("ledger", order.ledger()).add("asset", order.asset());
        limit(json, "minBalanceMinor", order.minBalanceMinor());
        if (order.maxBalanceMinor() != null) {
            json.add("maxBalanceMinor", order.maxBalanceMinor());
        }
        unlessEmpty(json, REFERENCE, order.reference());
        if (order.owner() != null) {
            json.add("owner", order.owner().toString());
        }
        return json.build();
    }

    static JsonObject write(RenameAccount order) {
        return Json.createObjectBuilder().add(REFERENCE, order.reference()).build();
    }

    static JsonObject write(SetLimits order) {
        JsonObjectBuilder json = Json.createObjectBuilder();
        limit(json, "minBalanceMinor", order.minBalanceMinor());
        limit(json, "maxBalanceMinor", order.maxBalanceMinor());
        return json.build();
    }

    static JsonObject write(FreezeAccount order) {
        return unlessEmpty(Json.createObjectBuilder(), "reason", order.reason()).build();
    }

    static JsonObject write(DefineAsset order) {
        return Json.createObjectBuilder()
                .add("code", order.code())
                .add("scale", order.scale())
                .build();
    }

    static JsonObject write(RegisterParty order) {
        JsonObjectBuilder json = made(order.id()).add("ledger", order.ledger()).add("name", order.name());
        return unlessEmpty(json, "email", order.email()).build();
    }

    static JsonObject write(ChangeParty order) {
        JsonObjectBuilder json = Json.createObjectBuilder().add("name", order.name());
        return unlessEmpty(json, "email", order.email()).build();
    }

    static JsonObject write(PostTransfer order) {
        JsonObjectBuilder json = moved(order.id(), order.from(), order.to(), order.amountMinor());
        return unlessEmpty(json, REFERENCE, order.reference()).build();
    }

    static JsonObject write(PostTransfers order) {
        JsonArrayBuilder transfers = Json.createArrayBuilder();
        order.transfers().forEach(transfer -> transfers.add(write(transfer)));
        return Json.createObjectBuilder()
                .add("linked", order.linked())
                .add("transfers", transfers)
                .build();
    }

    static JsonObject write(PostEntries order) {
        JsonArrayBuilder legs = Json.createArrayBuilder();
        order.legs().forEach(leg -> legs.add(write(leg)));
        JsonObjectBuilder json = made(order.id()).add("legs", legs);
        return unlessEmpty(json, REFERENCE, order.reference()).build();
    }

    static JsonObject write(ReserveTransfer order) {
        JsonObjectBuilder json = moved(order.id(), order.from(), order.to(), order.amountMinor());
        unlessEmpty(json, REFERENCE, order.reference());
        if (order.expiresIn() != null) {
            json.add("expiresInMillis", order.expiresIn().toMillis());
        }
        return json.build();
    }

    static JsonObject write(ConfirmTransfer order) {
        JsonObjectBuilder json = Json.createObjectBuilder();
        if (order.amountMinor() != null) {
            json.add(AMOUNT, order.amountMinor());
        }
        return json.build();
    }

    static JsonObject write(ReverseTransfer order) {
        return made(order.id()).build();
    }

    private static JsonObjectBuilder write(Leg leg) {
        JsonObjectBuilder json =
                Json.createObjectBuilder().add("account", leg.account().toString());
        return unlessEmpty(json, "asset", leg.asset()).add(AMOUNT, leg.amountMinor());
    }

    private static JsonObjectBuilder moved(@Nullable UUID id, UUID from, UUID to, long amountMinor) {
        return made(id).add("from", from.toString()).add("to", to.toString()).add(AMOUNT, amountMinor);
    }

    /** With the id, if the caller has chosen one. */
    private static JsonObjectBuilder made(@Nullable UUID id) {
        JsonObjectBuilder json = Json.createObjectBuilder();
        return id == null ? json : json.add(ID, id.toString());
    }

    private static JsonObjectBuilder unlessEmpty(JsonObjectBuilder json, String name, String text) {
        return text.isEmpty() ? json : json.add(name, text);
    }

    private static void limit(JsonObjectBuilder json, String name, @Nullable Long limit) {
        if (limit == null) {
            json.addNull(name);
        } else {
            json.add(name, limit);
        }
    }
}
