package io.mainstay.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTreeTest {

    private final Path source;
    private final Path target;

    FileTreeTest(@TempDir Path directory) throws IOException {
        source = directory.resolve("source");
        target = directory.resolve("target");
        Files.createDirectories(source.resolve("apps"));
        Files.writeString(source.resolve("apps/mainstay.ear"), "one");
    }

    @Test
    void replacesWhateverWasThere() throws IOException {
        Files.createDirectories(target);
        Files.writeString(target.resolve("old"), "gone");

        FileTree.replace(source, target);

        assertThat(target.resolve("apps/mainstay.ear")).hasContent("one");
        assertThat(target.resolve("old")).doesNotExist();
        assertThat(FileTree.isCopy(source, target)).isTrue();
    }

    @Test
    void noticesARebuildOfTheSameSize() throws IOException {
        FileTree.replace(source, target);

        Path ear = Files.writeString(source.resolve("apps/mainstay.ear"), "two");
        Files.setLastModifiedTime(ear, FileTime.fromMillis(1));

        assertThat(FileTree.isCopy(source, target)).isFalse();
    }
}
