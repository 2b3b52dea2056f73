package dev.hansa.wire.update;

import dev.hansa.core.model.DamagedParametersException;
import dev.hansa.core.model.Layout;
import dev.hansa.core.model.ParameterSource;
import dev.hansa.core.protocol.Compression;

/**
 * Parameters whose compressed bytes are fetched and decompressed each time they are read: between the calls it holds no
 * values. Of those that lie one behind the other only the part is fetched that is read. What is wrong with the bytes is told
 * by {@link #read}.
 */
final class CompressedBlob implements ParameterSource {
    private final Compression compression;
    private final Layout layout;
    private final Content content;
    /** Whether each value has a place of its own in the bytes. */
    private final boolean isDense;

    CompressedBlob(Compression compression, Layout layout, Content content) {
        this.compression = compression;
        this.layout = layout;
        this.content = content;
        this.isDense = !compression.isSparse() && !compression.zstd();
    }

    @Override
    public Layout layout() {
        return layout;
    }

    @Override
    public void read(BlockReader reader) {
        read(0, layout.size(), reader);
    }

    @Override
    public void read(int begin, int end, BlockReader reader) {
        if (isDense) {
            new CompressedForm(compression, layout).read(content, begin, end, reader);
        } else {
            opened().read(begin, end, reader);
        }
    }

    /** In its compressed form, but for what zstd makes of that; itself if a part is as near as all. */
    @Override
    public ParameterSource opened() {
        if (isDense) {
            return this;
        }
        CompressedForm form = new CompressedForm(compression, layout);
        byte[] bytes = content.bytes(0, Math.toIntExact(content.size()));
        return form.read(compression.zstd() ? Zstd.decompress(bytes, form.size()) : bytes);
    }

    /** Where the bytes are. */
    interface Content {
        /**
         * @throws DamagedParametersException if there are more than there can be
         */
        long size();

        /**
         * @throws DamagedParametersException if there are not so many
         */
        byte[] bytes(long from, int length);
    }
}
