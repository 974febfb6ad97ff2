package main

import (
	"context"
	"encoding/binary"
	"fmt"
	"math"
	"slices"

	"google.golang.org/grpc/status"

	"rewarddance/clients/go/gen/triton"
)

// question is what a judge is asked, by the contract in docs/contracts.md.
type question struct {
	prompt, instruction string // no instruction: the judge's own
	image               *pixels
	reference           *pixels // nil: does image satisfy the prompt? Else: is it better than this one?
}

// answer holds the log-probabilities of "yes" and "no" as the next token.
type answer struct{ yes, no float64 }

func (a answer) pYes() float64 { return 1 / (1 + math.Exp(a.no-a.yes)) }

// mass falls below 1 when the judge has other things to say.
func (a answer) mass() float64 { return math.Exp(a.yes) + math.Exp(a.no) }

func (a answer) String() string { return fmt.Sprintf("P(yes) %.4f  mass %.4f", a.pYes(), a.mass()) }

func ask(ctx context.Context, server triton.GRPCInferenceServiceClient, model string, q question) (answer, error) {
	response, err := server.ModelInfer(ctx, request(model, q))
	if err != nil {
		s := status.Convert(err)
		return answer{}, fmt.Errorf("%s: %s: %s", model, s.Code(), s.Message())
	}
	yes, err := logProb(response, "yes_log_prob")
	if err != nil {
		return answer{}, fmt.Errorf("%s: %w", model, err)
	}
	no, err := logProb(response, "no_log_prob")
	if err != nil {
		return answer{}, fmt.Errorf("%s: %w", model, err)
	}
	return answer{yes, no}, nil
}

// request makes a batch of one; the tensors' bytes travel apart from their descriptions, in the same order.
func request(model string, q question) *triton.ModelInferRequest {
	r := &triton.ModelInferRequest{ModelName: model}
	add := func(name, datatype string, data []byte, shape ...int64) {
		r.Inputs = append(r.Inputs, &triton.ModelInferRequest_InferInputTensor{Name: name, Datatype: datatype, Shape: shape})
		r.RawInputContents = append(r.RawInputContents, data)
	}
	add("prompt", "BYTES", element(q.prompt), 1, 1)
	add("instruction", "BYTES", element(q.instruction), 1, 1)
	add("image", "UINT8", q.image.rgb, 1, q.image.height, q.image.width, 3)
	if q.reference != nil {
		add("reference", "UINT8", q.reference.rgb, 1, q.reference.height, q.reference.width, 3)
	}
	add("max_reason_tokens", "INT32", make([]byte, 4), 1, 1)
	for _, name := range []string{"yes_log_prob", "no_log_prob"} {
		r.Outputs = append(r.Outputs, &triton.ModelInferRequest_InferRequestedOutputTensor{Name: name})
	}
	return r
}

// element is one element of a BYTES tensor: its length, then its bytes.
func element(text string) []byte {
	return append(binary.LittleEndian.AppendUint32(nil, uint32(len(text))), text...)
}

func logProb(response *triton.ModelInferResponse, name string) (float64, error) {
	i := slices.IndexFunc(response.Outputs, func(o *triton.ModelInferResponse_InferOutputTensor) bool { return o.Name == name })
	if i < 0 || i >= len(response.RawOutputContents) {
		return 0, fmt.Errorf("%s is missing (expected: FP32 [1 1])", name)
	}
	output, data := response.Outputs[i], response.RawOutputContents[i]
	if output.Datatype != "FP32" || !slices.Equal(output.Shape, []int64{1, 1}) || len(data) != 4 {
		return 0, fmt.Errorf("%s is %s %v in %d bytes (expected: FP32 [1 1] in 4)", name, output.Datatype, output.Shape, len(data))
	}
	value := float64(math.Float32frombits(binary.LittleEndian.Uint32(data)))
	if math.IsNaN(value) || math.IsInf(value, 0) {
		return 0, fmt.Errorf("%s is %v (expected: a log-probability)", name, value)
	}
	return value, nil
}
