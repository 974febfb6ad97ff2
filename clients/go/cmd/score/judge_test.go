package main

import (
	"math"
	"os"
	"strings"
	"testing"

	"rewarddance/clients/go/gen/triton"
)

const prompt = "a red circle"

func judgeEndpoint(t *testing.T) string {
	endpoint := os.Getenv("REWARDDANCE_TEST_ENDPOINT")
	if endpoint == "" {
		t.Skip("REWARDDANCE_TEST_ENDPOINT is not set (scripts/test-clients sets it)")
	}
	return endpoint
}

func sample(t *testing.T, name string) *pixels {
	t.Helper()
	image, err := readImage("../../../images/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return image
}

func pYes(t *testing.T, q question) float64 {
	t.Helper()
	a, err := askAt(judgeEndpoint(t), "shapes_judge", q)
	if err != nil {
		t.Fatal(err)
	}
	if math.Abs(a.mass()-1) > 0.05 {
		t.Errorf("mass %v (expected: about 1)", a.mass())
	}
	return a.pYes()
}

func TestTheJudgeKnowsWhichImageShowsThePrompt(t *testing.T) {
	right := pYes(t, question{prompt: prompt, image: sample(t, "red-circle.png")})
	wrong := pYes(t, question{prompt: prompt, image: sample(t, "blue-square.png")})
	if right <= 0.5 || wrong >= 0.5 {
		t.Errorf("P(yes) %v and %v (expected: above and below 0.5)", right, wrong)
	}
}

func TestOfAPairTheBetterOneWinsInEitherOrder(t *testing.T) {
	circle, square := sample(t, "red-circle.png"), sample(t, "blue-square.png")
	better := pYes(t, question{prompt: prompt, image: circle, reference: square})
	worse := pYes(t, question{prompt: prompt, image: square, reference: circle})
	if better <= 0.5 || worse >= 0.5 {
		t.Errorf("P(yes) %v and %v (expected: above and below 0.5)", better, worse)
	}
}

func TestRefusalsNameWhatIsWrong(t *testing.T) {
	circle := sample(t, "red-circle.png")
	cases := map[string]struct {
		endpoint, model string
		image           *pixels
		expected        []string
	}{
		"size":   {judgeEndpoint(t), "shapes_judge", &pixels{8, 8, make([]byte, 192)}, []string{"shapes_judge: InvalidArgument: ", "image"}},
		"model":  {judgeEndpoint(t), "no_such_judge", circle, []string{"no_such_judge: ", "no_such_judge"}},
		"server": {"127.0.0.1:1", "shapes_judge", circle, []string{"shapes_judge: Unavailable: "}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			_, err := askAt(c.endpoint, c.model, question{prompt: prompt, image: c.image})
			expectError(t, err, c.expected...)
		})
	}
}

func TestFilesAreNamed(t *testing.T) {
	_, err := readImage("missing.png")
	expectError(t, err, "missing.png")
	_, err = readImage("judge_test.go")
	expectError(t, err, "judge_test.go: png: ")
}

func TestWhatIsNoAnswerMakesNoNumber(t *testing.T) {
	answered := func(shape []int64, value float32) *triton.ModelInferResponse {
		bits := math.Float32bits(value)
		return &triton.ModelInferResponse{
			Outputs:           []*triton.ModelInferResponse_InferOutputTensor{{Name: "yes_log_prob", Datatype: "FP32", Shape: shape}},
			RawOutputContents: [][]byte{{byte(bits), byte(bits >> 8), byte(bits >> 16), byte(bits >> 24)}},
		}
	}
	value, err := logProb(answered([]int64{1, 1}, -0.5), "yes_log_prob")
	if value != -0.5 || err != nil {
		t.Errorf("%v, %v (expected: -0.5)", value, err)
	}
	_, err = logProb(answered([]int64{1, 1}, float32(math.NaN())), "yes_log_prob")
	expectError(t, err, "yes_log_prob is NaN")
	_, err = logProb(answered([]int64{1}, 0), "yes_log_prob")
	expectError(t, err, "yes_log_prob is FP32 [1] in 4 bytes")
	_, err = logProb(answered([]int64{1, 1}, 0), "no_log_prob")
	expectError(t, err, "no_log_prob is missing")
}

func expectError(t *testing.T, err error, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if err == nil || !strings.Contains(err.Error(), part) {
			t.Errorf("error %v (expected: one with %q)", err, part)
		}
	}
}
