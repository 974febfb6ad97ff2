import triton_python_backend_utils as pb_utils


class TritonPythonModel:
    """Answers with what it was sent."""

    def execute(self, requests):
        return [self.answer(request) for request in requests]

    @staticmethod
    def answer(request):
        data = pb_utils.get_input_tensor_by_name(request, "in").as_numpy()
        return pb_utils.InferenceResponse([pb_utils.Tensor("out", data)])
