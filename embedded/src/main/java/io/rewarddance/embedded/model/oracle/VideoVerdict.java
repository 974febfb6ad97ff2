package io.rewarddance.embedded.model.oracle;

/**
 * The oracle's answers for a video and a prompt.
 *
 * @param objects share of the frames that show exactly the object
 * @param moves whether it moves, or stands, as the prompt says
 * @param templateFit share of all objects found that clearly have a shape; 0 when none is found
 * @param grain mean of the frames' background grain, grey levels
 * @param diversityLabel colour code of the first frame's largest object when the prompt names no
 *     colour, else -1
 */
record VideoVerdict(
    Score score,
    double objects,
    boolean moves,
    double templateFit,
    double grain,
    int diversityLabel) {}
