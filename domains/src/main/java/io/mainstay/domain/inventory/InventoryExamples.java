package io.mainstay.domain.inventory;

import java.util.UUID;

/** What the inventory's description shows. */
final class InventoryExamples {
    static final UUID WAREHOUSE = UUID.fromString("1f0e2d3c-4b5a-4697-8877-665544332211");
    static final UUID OTHER = UUID.fromString("2a1b3c4d-5e6f-4708-9192-a3b4c5d6e7f8");
    static final UUID ITEM = UUID.fromString("3c2d1e0f-aabb-4ccd-8eef-001122334455");
    static final UUID RESERVATION = UUID.fromString("4d5e6f70-8192-4a3b-84c5-d6e7f8091a2b");
    static final UUID ORDER = UUID.fromString("5e6f7081-92a3-44b5-86d7-e8f9a0b1c2d3");
    static final UUID PAYMENT = UUID.fromString("6f708192-a3b4-3cd5-86e7-f80912a3b4c5");
    static final UUID MOVE = UUID.fromString("708192a3-b4c5-4d6e-87f8-0912a3b4c5d6");
    static final UUID CUSTOMER = UUID.fromString("7c6b5a49-3827-4160-8504-f3e2d1c0b9a8");
    static final UUID SHOP = UUID.fromString("0b0e4f9e-5c1f-4c3a-9d0a-1f2e3d4c5b6a");
    static final String SITE = "main";
    static final String SKU = "CUP-BLUE";
    static final long QUANTITY = 12;
    static final long PRICE = 1250;

    private InventoryExamples() {}
}
