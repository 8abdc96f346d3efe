package dev.sidereal.cli.doctor;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether libtorch loads, once it is unpacked: looking is not worth half a gigabyte of disk.
 *
 * @param folder where libraries are unpacked
 */
record TorchCheck(Path folder, Check loads) implements Check {
    @Override
    public Finding examine() {
        return isUnpacked()
                ? loads.examine()
                : Finding.ok(
                        "libtorch",
                        "not unpacked yet; the first training or generation on a graphics card unpacks 450 MB below "
                                + folder);
    }

    private boolean isUnpacked() {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(folder, "pytorch-*")) {
            return jars.iterator().hasNext();
        } catch (IOException e) {
            return false;
        }
    }
}
