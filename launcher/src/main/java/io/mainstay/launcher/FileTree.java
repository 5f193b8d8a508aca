package io.mainstay.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Whole directories, copied and deleted. */
final class FileTree {

    private FileTree() {}

    /** Makes {@code target} a copy of {@code source}, whatever it was before. */
    static void replace(Path source, Path target) throws IOException {
        delete(target);
        Files.createDirectories(target.getParent());
        for (Path path : paths(source)) {
            Files.copy(path, target.resolve(source.relativize(path).toString()), StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    /** Whether {@code target} has every file of {@code source}, of the same size and age. */
    static boolean isCopy(Path source, Path target) throws IOException {
        for (Path path : paths(source)) {
            Path copy = target.resolve(source.relativize(path).toString());
            if (!Files.exists(copy) || (Files.isRegularFile(path) && !isSame(path, copy))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSame(Path one, Path other) throws IOException {
        return Files.size(one) == Files.size(other)
                && Files.getLastModifiedTime(one).equals(Files.getLastModifiedTime(other));
    }

    static void delete(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        for (Path path : paths(root).stream().sorted(Comparator.reverseOrder()).toList()) {
            Files.delete(path);
        }
    }

    private static List<Path> paths(Path root) throws IOException {
        try (Stream<Path> paths = Files.walk(root)) {
            return paths.toList();
        }
    }
}
