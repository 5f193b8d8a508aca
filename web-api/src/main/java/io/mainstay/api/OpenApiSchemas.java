package io.mainstay.api;

import io.mainstay.core.access.Document;
import io.mainstay.core.access.Field;
import io.mainstay.core.access.FieldType;
import io.mainstay.core.access.Fields;
import io.mainstay.core.access.Member;
import io.mainstay.core.projection.Classification;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;

/** Schemas and examples of what domains take and tell. */
final class OpenApiSchemas {
    private OpenApiSchemas() {}

    /** The schema of an object with these fields and no others. */
    static Schema of(Fields fields) {
        Schema schema = OASFactory.createSchema()
                .addType(SchemaType.OBJECT)
                .additionalPropertiesSchema(OASFactory.createSchema().booleanSchema(false));
        for (Field<?> field : fields.all()) {
            schema.addProperty(field.name(), of(field));
            if (field.isRequired()) {
                schema.addRequired(field.name());
            }
        }
        return schema;
    }

    static Schema of(Field<?> field) {
        Schema schema = of(field.type());
        if (!field.description().isEmpty()) {
            schema.description(field.description());
        }
        if (field.ifNull().isPresent()) {
            schema.addType(SchemaType.NULL);
        }
        Object ifAbsent = field.ifAbsent();
        if (ifAbsent != null && !ifAbsent.equals("")) {
            schema.defaultValue(example(ifAbsent));
        }
        if (field.classification() == Classification.PERSONAL) {
            schema.addExtension("x-classification", "personal");
        }
        return schema;
    }

    /** Adds the schema of a document, and those of its parts. */
    static void add(Document<?> document, Components components) {
        Schema schema = OASFactory.createSchema().addType(SchemaType.OBJECT).description(document.description());
        for (Member<?> member : document.members()) {
            schema.addProperty(member.property().name(), of(member, components));
            schema.addRequired(member.property().name());
        }
        components.addSchema(document.name(), schema);
    }

    /** The schema of an object with a list of documents. */
    static Schema list(String name, Document<?> document) {
        return OASFactory.createSchema()
                .addType(SchemaType.OBJECT)
                .addProperty(
                        name,
                        OASFactory.createSchema()
                                .addType(SchemaType.ARRAY)
                                .items(OASFactory.createSchema().ref(document.name())))
                .addRequired(name);
    }

    static Schema cursor() {
        return OASFactory.createSchema()
                .addType(SchemaType.STRING)
                .addType(SchemaType.NULL)
                .description("Cursor of the next page; null if there is none.");
    }

    /** What a document looks like. */
    static Object example(Document<?> document) {
        Map<String, Object> example = new LinkedHashMap<>();
        for (Member<?> member : document.members()) {
            example.put(
                    member.property().name(),
                    member instanceof Member.Parts<?, ?> parts
                            ? List.of(example(parts.part()))
                            : example(member.property().example()));
        }
        return example;
    }

    /** What a body looks like, with every field or with those only that have to be there. */
    static Object example(Fields fields, boolean smallest) {
        Map<String, Object> example = new LinkedHashMap<>();
        for (Field<?> field : fields.all()) {
            if (field.isRequired() || !smallest) {
                example.put(field.name(), example(field.example()));
            }
        }
        return example;
    }

    /** A value as the writer of the description takes it. */
    static Object example(Object value) {
        return value instanceof UUID ? value.toString() : value;
    }

    private static Schema of(FieldType<?> type) {
        Schema schema = OASFactory.createSchema();
        return switch (type) {
            case FieldType.Uuid() -> schema.addType(SchemaType.STRING).format("uuid");
            case FieldType.Text(var min, var max, var pattern, var wanted) -> {
                schema.addType(SchemaType.STRING);
                if (pattern.isPresent()) {
                    yield schema.pattern("^" + pattern.get().pattern() + "$");
                }
                yield min == 0 ? schema.maxLength(max) : schema.minLength(min).maxLength(max);
            }
            case FieldType.Whole(var min, var max) -> {
                schema.addType(SchemaType.INTEGER).format("int64");
                if (min > Long.MIN_VALUE) {
                    schema.minimum(BigDecimal.valueOf(min));
                }
                yield max < Long.MAX_VALUE ? schema.maximum(BigDecimal.valueOf(max)) : schema;
            }
            case FieldType.Truth() -> schema.addType(SchemaType.BOOLEAN);
            case FieldType.Parts(var fields, var min, var max) ->
                schema.addType(SchemaType.ARRAY).items(of(fields)).minItems(min).maxItems(max);
        };
    }

    private static Schema of(Member<?> member, Components components) {
        Member.Property property = member.property();
        Schema schema = OASFactory.createSchema();
        switch (property.kind()) {
            case UUID -> schema.addType(SchemaType.STRING).format("uuid");
            case TEXT -> schema.addType(SchemaType.STRING);
            case INTEGER -> schema.addType(SchemaType.INTEGER).format("int64");
            case BOOLEAN -> schema.addType(SchemaType.BOOLEAN);
            case TIME -> {
                if (property.nullable()) {
                    schema.addType(SchemaType.STRING).format("date-time");
                } else {
                    schema.ref("Time");
                }
            }
            case SHARD -> schema.ref("Shard");
            case OFFSET -> schema.ref("Offset");
            case LIST -> {
                schema.addType(SchemaType.ARRAY);
                if (member instanceof Member.Parts<?, ?> parts) {
                    add(parts.part(), components);
                    schema.items(OASFactory.createSchema().ref(parts.part().name()));
                }
            }
        }
        if (property.nullable()) {
            schema.addType(SchemaType.NULL);
        }
        if (!property.description().isEmpty()) {
            schema.description(property.description());
        }
        return schema;
    }
}
