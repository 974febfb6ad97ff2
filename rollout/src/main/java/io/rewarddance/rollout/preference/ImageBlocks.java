package io.rewarddance.rollout.preference;

import io.jhdf.HdfFile;
import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.api.dataset.ContiguousDataset;
import io.jhdf.dataset.DatasetBase;
import io.rewarddance.rollout.Image;
import io.rewarddance.rollout.store.Trailer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * The images of a dataset u8 [M, height, width, 3], read in blocks. jHDF's slices of a contiguous
 * dataset cost about 300 ns a byte, four seconds for 14 MB: its bytes are read here.
 */
final class ImageBlocks {
  private static final int BLOCK_BYTES = 8 << 20;

  private final HdfFile file;
  private final FileChannel channel;
  private final DatasetBase dataset;
  private final int[] dims;
  private final int imageBytes;

  ImageBlocks(HdfFile file, FileChannel channel, DatasetBase dataset) {
    this.file = file;
    this.channel = channel;
    this.dataset = dataset;
    this.dims = dataset.getDimensions();
    this.imageBytes = Math.multiplyExact(Math.multiplyExact(dims[1], dims[2]), dims[3]);
  }

  List<Image> read() throws IOException {
    List<Image> images = new ArrayList<>(dims[0]);
    int rows = rows();
    for (int from = 0; from < dims[0]; from += rows) {
      int count = Math.min(rows, dims[0] - from);
      ByteBuffer block = block(from, count);
      for (int i = 0; i < count; i++) {
        byte[] rgb = new byte[imageBytes];
        block.get(rgb);
        images.add(Image.of(dims[1], dims[2], rgb));
      }
    }
    return images;
  }

  /** As many images as fit a block, and whole chunks, which are unpacked as a whole. */
  private int rows() {
    int rows = Math.max(1, BLOCK_BYTES / imageBytes);
    if (dataset instanceof ChunkedDataset chunked) {
      int chunk = chunked.getChunkDimensions()[0];
      return Math.max(1, rows / chunk) * chunk;
    }
    return rows;
  }

  private ByteBuffer block(int from, int count) throws IOException {
    if (dataset instanceof ContiguousDataset contiguous && isPlaced(contiguous)) {
      ByteBuffer block = ByteBuffer.allocate(Math.multiplyExact(count, imageBytes));
      long first = contiguous.getDataAddress() + (long) from * imageBytes;
      Trailer.readFully(channel, block, first);
      return block.flip();
    }
    int[] shape = {count, dims[1], dims[2], dims[3]};
    return dataset.getSliceDataBuffer(new long[] {from, 0, 0, 0}, shape);
  }

  /** Whether its address is a place in the file: not behind a user block, nor never written. */
  private boolean isPlaced(ContiguousDataset contiguous) throws IOException {
    long address = contiguous.getDataAddress();
    long bytes = Math.multiplyExact((long) dims[0], (long) imageBytes);
    return file.getUserBlockSize() == 0 && address >= 0 && address <= channel.size() - bytes;
  }
}
