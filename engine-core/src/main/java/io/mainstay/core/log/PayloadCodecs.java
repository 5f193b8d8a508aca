package io.mainstay.core.log;

import io.mainstay.core.wire.WireException;
import io.mainstay.core.wire.WireReader;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.function.Function;

/** What is installed beside the core for the payloads of frames, looked up once. */
final class PayloadCodecs {
    /** Bytes of a payload that is neither compressed nor serialized otherwise than in binary, at most. */
    static final int EXPANDED_BYTES_MAX = 64 << 20;

    /** The one that the frame format's flag stands for. */
    static final String COMPRESSION = "zstd";

    private static final Map<String, PayloadCompression> COMPRESSIONS =
            installed(PayloadCompression.class, PayloadCompression::name);
    private static final Map<String, LogSerializer> SERIALIZERS = installed(LogSerializer.class, LogSerializer::name);

    private PayloadCodecs() {}

    static PayloadCompression compression(String name) {
        PayloadCompression found = name.equals(COMPRESSION) ? COMPRESSIONS.get(name) : null;
        if (found == null) {
            throw new IllegalArgumentException("no compression " + name + " is installed");
        }
        return found;
    }

    static LogSerializer serializer(String name) {
        LogSerializer found = SERIALIZERS.get(name);
        if (found == null) {
            throw new IllegalArgumentException(
                    "no log serializer %s is installed, only %s".formatted(name, SERIALIZERS.keySet()));
        }
        return found;
    }

    /** Reads a payload as its header says that it is written. */
    static LogPayload read(FrameHeader header, WireReader stored) {
        WireReader in = header.isCompressed() ? new WireReader(expand(header, stored)) : stored;
        if (header.serializer() == 0) {
            return LogPayload.read(header, in);
        }
        LogPayload payload = serializer(header).read(header, in.readRaw(in.remaining()));
        if (payload.entries().size() != header.count()) {
            throw new WireException("log frame %d holds %d entries and states %d"
                    .formatted(header.sequence(), payload.entries().size(), header.count()));
        }
        return payload;
    }

    private static byte[] expand(FrameHeader header, WireReader stored) {
        int size = stored.readInt();
        if (size < 1 || size > EXPANDED_BYTES_MAX) {
            throw new WireException("log frame %d states a payload of %d bytes, 1 to %d wanted"
                    .formatted(header.sequence(), size, EXPANDED_BYTES_MAX));
        }
        PayloadCompression compression = COMPRESSIONS.get(COMPRESSION);
        if (compression == null) {
            throw new WireException(
                    "log frame %d is compressed with %s, which is not installed: log-codecs is missing beside the core"
                            .formatted(header.sequence(), COMPRESSION));
        }
        return compression.expand(stored.readRaw(stored.remaining()), size);
    }

    private static LogSerializer serializer(FrameHeader header) {
        for (LogSerializer serializer : SERIALIZERS.values()) {
            if (serializer.number() == header.serializer()) {
                return serializer;
            }
        }
        throw new WireException("log frame %d is written by serializer %d, which is not installed, only %s"
                .formatted(header.sequence(), header.serializer(), SERIALIZERS.keySet()));
    }

    private static <T> Map<String, T> installed(Class<T> port, Function<T, String> name) {
        Map<String, T> all = new TreeMap<>();
        for (T codec : ServiceLoader.load(port, LogFrame.class.getClassLoader())) {
            T other = all.put(name.apply(codec), codec);
            if (other != null) {
                throw new IllegalStateException(
                        "%s and %s are both %s".formatted(other.getClass(), codec.getClass(), name.apply(codec)));
            }
        }
        return all;
    }
}
