"""Voice: co-production surveys and feedback, from an answer to “You said, we did”."""

import os

# From version 1.29 on, onnxruntime, which runs our models, tells its maker over the network which
# models run, how often and where, unless this is set before it is loaded. Nothing may leave here.
os.putenv("ORT_DISABLE_TELEMETRY", "1")
