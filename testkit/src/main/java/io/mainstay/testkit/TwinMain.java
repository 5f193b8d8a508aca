package io.mainstay.testkit;

import io.mainstay.core.domain.Domain;
import io.mainstay.core.wire.WireReader;
import io.mainstay.core.wire.WireWriter;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The other virtual machine: keeps one state, and does as {@link Twin} says over its standard input and output. */
final class TwinMain {
    private static final int IDENTITIES_MAX = 4096;

    private final Map<String, ClassLoader> loaders = new HashMap<>();
    private @Nullable Memory<?, ?, ?> memory;

    private TwinMain() {}

    public static void main(String[] args) throws IOException {
        DataInputStream in = new DataInputStream(new BufferedInputStream(System.in));
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(System.out));
        // What a domain prints does not mix with answers.
        System.setOut(System.err);
        useUpIdentities();
        new TwinMain().serve(in, out);
    }

    /** So that objects have other identity hashes than those that the other machine made at the same point. */
    private static void useUpIdentities() {
        for (long left = 1 + System.nanoTime() % IDENTITIES_MAX; left > 0; left--) {
            System.identityHashCode(new Object());
        }
    }

    private void serve(DataInputStream in, DataOutputStream out) throws IOException {
        while (true) {
            byte[] request;
            try {
                request = in.readNBytes(in.readInt());
            } catch (EOFException ended) {
                return;
            }
            WireWriter answer = new WireWriter(256);
            answer.writeByte(Twin.DONE);
            try {
                obey(new WireReader(request), answer);
            } catch (ReflectiveOperationException | RuntimeException | Error failure) {
                answer.clear();
                answer.writeByte(Twin.FAILED);
                answer.writeText(textOf(failure));
            }
            out.writeInt(answer.size());
            out.write(answer.array(), 0, answer.size());
            out.flush();
        }
    }

    private void obey(WireReader request, WireWriter answer) throws ReflectiveOperationException {
        switch (request.readUnsignedByte()) {
            case Twin.ORDER -> answer.writeText(Twin.orderOfSets());
            case Twin.OPEN -> memory = open(request.readText(), request.readText());
            case Twin.APPLY -> current().apply(request.readBytes());
            case Twin.DECIDE -> write(current().decide(request.readBytes(), Moment.read(request)), answer);
            case Twin.ELAPSE -> write(current().elapse(Moment.read(request)), answer);
            case Twin.STANDING -> current().standing().write(answer);
            default -> throw new IllegalArgumentException("unknown request");
        }
    }

    private Memory<?, ?, ?> current() {
        if (memory == null) {
            throw new IllegalStateException("nothing was opened");
        }
        return memory;
    }

    private Memory<?, ?, ?> open(String type, String source) throws ReflectiveOperationException {
        return memoryOf(Instances.ofDomain(Class.forName(type, true, loaderOf(type, source))));
    }

    private static <S> Memory<S, ?, ?> memoryOf(Domain<S, ?, ?> domain) {
        return new Memory<>("", domain, domain.stateMachine().emptyState());
    }

    /** The class path's, or for what is not there one of its own. */
    private ClassLoader loaderOf(String type, String source) {
        ClassLoader system = ClassLoader.getSystemClassLoader();
        if (system.getResource(type.replace('.', '/') + ".class") != null) {
            return system;
        }
        return loaders.computeIfAbsent(source, fresh -> {
            try {
                return new URLClassLoader(new URL[] {URI.create(fresh).toURL()}, system);
            } catch (IOException e) {
                throw new IllegalArgumentException("no place for classes: " + fresh, e);
            }
        });
    }

    private static void write(Verdict verdict, WireWriter answer) {
        answer.writeBytes(verdict.bytes());
        answer.writeText(verdict.text());
    }

    private static String textOf(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
