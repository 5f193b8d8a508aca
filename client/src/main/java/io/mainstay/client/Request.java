package io.mainstay.client;

import jakarta.json.JsonObject;
import java.util.UUID;
import java.util.function.Function;

/** An order as it goes over HTTP, and how its answer is read. */
record Request<T>(String method, String path, JsonObject body, Function<JsonObject, T> read) {
    static final String ACCOUNTS = "/v1/accounts";
    static final String ASSETS = "/v1/assets";
    static final String PARTIES = "/v1/parties";
    static final String TRANSFERS = "/v1/transfers";

    private static final String POST = "POST";
    private static final String PUT = "PUT";

    /** The request of an order. */
    @SuppressWarnings("unchecked") // Each order states in its type what the reader beside it here makes.
    static <T> Request<T> of(Order<T> order) {
        return (Request<T>)
                switch (order) {
                    case OpenAccount it -> post(ACCOUNTS, OrderJson.write(it), LedgerJson::account);
                    case RenameAccount it -> put(account(it.account(), "reference"), OrderJson.write(it));
                    case SetLimits it -> put(account(it.account(), "limits"), OrderJson.write(it));
                    case FreezeAccount it ->
                        post(account(it.account(), "freeze"), OrderJson.write(it), LedgerJson::changed);
                    case UnfreezeAccount it ->
                        post(account(it.account(), "unfreeze"), JsonObject.EMPTY_JSON_OBJECT, LedgerJson::changed);
                    case CloseAccount it ->
                        post(account(it.account(), "close"), JsonObject.EMPTY_JSON_OBJECT, LedgerJson::changed);
                    case DefineAsset it -> post(ASSETS, OrderJson.write(it), LedgerJson::asset);
                    case RegisterParty it -> post(PARTIES, OrderJson.write(it), LedgerJson::changed);
                    case ChangeParty it -> put(PARTIES + "/" + it.party(), OrderJson.write(it));
                    case PostTransfer it -> post(TRANSFERS, OrderJson.write(it), TransferJson::transfer);
                    case PostTransfers it -> post(TRANSFERS + "/batch", OrderJson.write(it), TransferJson::results);
                    case PostEntries it -> post("/v1/postings", OrderJson.write(it), TransferJson::posting);
                    case ReserveTransfer it -> post("/v1/reservations", OrderJson.write(it), TransferJson::transfer);
                    case ConfirmTransfer it ->
                        post(transfer(it.transfer(), "confirm"), OrderJson.write(it), TransferJson::transfer);
                    case CancelTransfer it ->
                        post(transfer(it.transfer(), "cancel"), JsonObject.EMPTY_JSON_OBJECT, TransferJson::transfer);
                    case ReverseTransfer it ->
                        post(transfer(it.original(), "reverse"), OrderJson.write(it), TransferJson::posting);
                };
    }

    private static <T> Request<T> post(String path, JsonObject body, Function<JsonObject, T> read) {
        return new Request<>(POST, path, body, read);
    }

    private static Request<Changed> put(String path, JsonObject body) {
        return new Request<>(PUT, path, body, LedgerJson::changed);
    }

    private static String account(UUID id, String verb) {
        return ACCOUNTS + "/" + id + "/" + verb;
    }

    private static String transfer(UUID id, String verb) {
        return TRANSFERS + "/" + id + "/" + verb;
    }
}
