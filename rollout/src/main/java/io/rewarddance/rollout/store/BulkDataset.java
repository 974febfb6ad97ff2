package io.rewarddance.rollout.store;

import io.jhdf.ObjectHeader;
import io.jhdf.WritableDatasetImpl;
import io.jhdf.api.Attribute;
import io.jhdf.api.Group;
import io.jhdf.object.message.AttributeInfoMessage;
import io.jhdf.object.message.AttributeMessage;
import io.jhdf.object.message.DataLayoutMessage.ContiguousDataLayoutMessage;
import io.jhdf.object.message.DataSpace;
import io.jhdf.object.message.DataSpaceMessage;
import io.jhdf.object.message.DataTypeMessage;
import io.jhdf.object.message.FillValueMessage;
import io.jhdf.object.message.Message;
import io.jhdf.storage.HdfFileChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A dataset of which jHDF writes the place only: header, and a hole where the rows go. jHDF itself
 * would want them in nested arrays and write them before anything else can begin. The bytes are in
 * the end the same that jHDF writes.
 */
final class BulkDataset extends WritableDatasetImpl {
  private final BulkRows rows;
  private long headerAddress;
  private long address;

  BulkDataset(Group parent, String name, BulkRows rows) {
    super(rows.prototype(), name, parent, rows.options());
    this.rows = rows;
    // Takes the checksum's place.
    putAttribute(RolloutFormat.CRC32, 0, true);
  }

  /** Called by jHDF when it lays out the file. */
  @Override
  public long write(HdfFileChannel channel, long position) {
    headerAddress = position;
    address = position + header().limit();
    channel.write(header(), headerAddress);
    channel.position(end());
    return end();
  }

  BulkRows rows() {
    return rows;
  }

  /** Where the rows begin, once jHDF has laid out the file. */
  long address() {
    return address;
  }

  /** Where the rows end. */
  long end() {
    return address + rows.bytes();
  }

  /** Writes the header with the rows' checksum. */
  void seal(FileChannel channel) throws IOException {
    putAttribute(RolloutFormat.CRC32, rows.crc32(), true);
    ByteBuffer header = header();
    while (header.hasRemaining()) {
      channel.write(header, headerAddress + header.position());
    }
  }

  /** As jHDF makes one for contiguous data. */
  private ByteBuffer header() {
    List<Message> messages = new ArrayList<>();
    messages.add(DataTypeMessage.create(getDataType()));
    messages.add(DataSpaceMessage.create(DataSpace.fromObject(getData())));
    messages.add(FillValueMessage.NO_FILL);
    messages.add(ContiguousDataLayoutMessage.create(address, rows.bytes()));
    messages.add(AttributeInfoMessage.create());
    for (Map.Entry<String, Attribute> attribute : getAttributes().entrySet()) {
      messages.add(AttributeMessage.create(attribute.getKey(), attribute.getValue()));
    }
    return new ObjectHeader.ObjectHeaderV2(headerAddress, messages).toBuffer();
  }
}
