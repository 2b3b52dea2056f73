package dev.hansa.wire.update;

import dev.hansa.core.model.Layout;
import dev.hansa.core.model.ParameterSource;
import dev.hansa.core.protocol.Compression;

/**
 * Parameters whose compressed bytes are fetched and decompressed each time they are read: between the calls it holds no
 * values. What is wrong with the bytes is told by {@link #read}.
 */
final class CompressedBlob implements ParameterSource {
    private final Compression compression;
    private final Layout layout;
    private final Content content;

    CompressedBlob(Compression compression, Layout layout, Content content) {
        this.compression = compression;
        this.layout = layout;
        this.content = content;
    }

    @Override
    public Layout layout() {
        return layout;
    }

    @Override
    public void read(BlockReader reader) {
        opened().read(reader);
    }

    @Override
    public void read(int begin, int end, BlockReader reader) {
        opened().read(begin, end, reader);
    }

    /** In its compressed form, but for what zstd makes of that. */
    @Override
    public ParameterSource opened() {
        CompressedForm form = new CompressedForm(compression, layout);
        byte[] bytes = content.bytes();
        return form.read(compression.zstd() ? Zstd.decompress(bytes, form.size()) : bytes);
    }

    /** Where the bytes are. */
    interface Content {
        byte[] bytes();
    }
}
