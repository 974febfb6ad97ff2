package io.rewarddance.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class VideoTest {
  private static byte[] counted(int bytes) {
    byte[] rgb = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      rgb[i] = (byte) i;
    }
    return rgb;
  }

  @Test
  void framesLieSideBySideOnItsSheetAndCanBeCutApartAgain() {
    Video video = Video.of(3, 2, 1, counted(18));
    Image sheet = video.sheet();
    assertThat(sheet.shape()).containsExactly(2, 3, 3);
    // Upper row: the upper pixel of each frame; a frame has 6 bytes.
    assertThat(sheet.rgb())
        .containsExactly(0, 1, 2, 6, 7, 8, 12, 13, 14, 3, 4, 5, 9, 10, 11, 15, 16, 17);
    assertThat(Video.ofSheet(sheet, 3)).isEqualTo(video);
    assertThat(video.frame(1)).isEqualTo(Image.of(2, 1, new byte[] {6, 7, 8, 9, 10, 11}));
  }

  @Test
  void aVideoOfOneFrameIsNoImage() {
    byte[] rgb = counted(6);
    Pixels video = Pixels.of(List.of(1, 2, 1, 3), rgb);
    Pixels image = Pixels.of(List.of(2, 1, 3), rgb);
    assertThat(video).isInstanceOf(Video.class).isNotEqualTo(image);
    assertThat(image).isInstanceOf(Image.class);
    assertThat(video.sheet()).isEqualTo(image);
    assertThat(video.sha256()).isEqualTo(image.sha256());
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Video.of(2, 2, 2, new byte[23]))
        .withMessage("rgb: 23 bytes (expected: frames * height * width * 3 = 24)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Pixels.of(List.of(2, 2), new byte[4]))
        .withMessageStartingWith("shape: [2, 2] (expected: [height, width, 3]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Video.ofSheet(Image.of(1, 5, new byte[15]), 2))
        .withMessageContaining("2 frames of equal width");
  }

  @Test
  void aFirstFrameBelongsToAVideoOfItsSize() {
    Prompt framed =
        new Prompt(0, "a dog runs", "", java.util.Optional.of(Image.of(2, 1, new byte[6])));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Examples.generation(framed, Image.of(2, 1, new byte[6])))
        .withMessageContaining("a video of frames like the first");
    assertThat(Examples.generation(framed, Video.of(2, 2, 1, new byte[12])).prompt())
        .isEqualTo(framed);
  }
}
