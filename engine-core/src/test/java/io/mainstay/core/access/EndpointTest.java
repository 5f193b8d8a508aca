package io.mainstay.core.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {
    private static final Field<UUID> ID = Field.required("id", FieldType.uuid(), "", "");
    private static final Field<UUID> BODY_ID = Field.free("id", FieldType.uuid(), "", "");

    @Test
    void takesPathsWithTheFieldsThatAreDeclared() {
        assertThat(at("/transfers/{id}/confirm", ID).fields().all()).containsExactly(ID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "transfers", "/Transfers", "/transfers/", "/transfers//{id}", "/transfers/{id}x"})
    void refusesPathsThatAreNone(String path) {
        assertThatThrownBy(() -> at(path, ID)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesAPathThatDoesNotHaveItsFields() {
        assertThatThrownBy(() -> at("/transfers/{id}")).hasMessageContaining("not declared");
        assertThatThrownBy(() -> at("/transfers", ID)).hasMessageContaining("lacks a field");
        assertThatThrownBy(() -> Endpoint.of("postTransfer", "POST", "/transfers", "", "", ""))
                .hasMessageContaining("lower case");
    }

    @Test
    void aCallTellsFieldsOfOneNameApart() {
        UUID inPath = new UUID(0, 1);
        UUID inBody = new UUID(0, 2);
        Call call = new Call(
                "",
                new Values(Fields.of(ID), new @Nullable Object[] {inPath}),
                new Values(Fields.of(BODY_ID), new @Nullable Object[] {inBody}));

        assertThat(call.get(ID)).isEqualTo(inPath);
        assertThat(call.get(BODY_ID)).isEqualTo(inBody);
        assertThatThrownBy(() -> call.get(Field.required("id", FieldType.uuid(), "", "")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesFieldsOfOneNameInOneObject() {
        assertThatThrownBy(() -> Fields.of(ID, BODY_ID)).hasMessageContaining("two fields named id");
    }

    private static Endpoint at(String path, Field<?>... fields) {
        return Endpoint.of("confirm-transfer", "POST", path, "Transfers", "Confirm", "", fields);
    }
}
