package com.ecohash.ecolink.conformance;

import com.ecohash.ecolink.instances.Instance;

/** What to do about a finding, engine by engine. */
final class Advice {
  static final String REACHABLE =
      "See that the container runs and listens on all interfaces (--host 0.0.0.0 with vLLM, SGLang"
          + " and llama.cpp; --hostname 0.0.0.0 with TGI), that the port of the endpoint is"
          + " published, and that no firewall stands between.";

  static final String HEALTH =
      "Launch with the health_path that the container has (vLLM, SGLang, TGI and llama.cpp:"
          + " /health), or with an empty one for a check by TCP connection alone. A model that is"
          + " still being loaded answers 503 until it is there.";

  static final String CREDENTIAL =
      "The container asks for a credential. Launch with upstream_key set to the value that it was"
          + " started with (--api-key with vLLM, SGLang, TGI and llama.cpp).";

  static final String OPEN =
      "Start the container with --api-key <secret> (vLLM, SGLang, TGI, llama.cpp) and launch with"
          + " the same upstream_key, so that nobody calls it past the gateway.";

  static final String STREAMING =
      "Take a version of the engine that streams, and see that nothing between it and the gateway"
          + " gathers the answer: proxy_buffering off in nginx, no compression of"
          + " text/event-stream.";

  static final String USAGE =
      "Take a version that knows stream_options.include_usage (vLLM 0.4.3, SGLang 0.3, TGI 3.0,"
          + " llama.cpp b3900 or newer; with vLLM --enable-force-include-usage does it always)."
          + " Until then tokens are counted here by a tokenizer and marked as estimated.";

  static final String CANCEL =
      "Take a version of the engine that ends a request when its client leaves (vLLM, SGLang and"
          + " llama.cpp do), do not put a proxy in between that reads on, and give the engine room"
          + " for more than one request (llama.cpp: --parallel).";

  static final String ERRORS =
      "Clients' SDKs show an error as it comes and switch on error.type and error.code. Newer"
          + " versions of vLLM and SGLang answer in OpenAI's form; with other engines expect 500"
          + " or another body.";

  static final String LIMIT =
      "If the model was just loaded, check again once it is warm. Else see the container's log.";

  private Advice() {}

  static String name(Instance instance) {
    return "Serve the model under the instance's name: --served-model-name "
        + instance.name()
        + " (vLLM, SGLang), --alias "
        + instance.name()
        + " (llama.cpp); TGI takes any name. Or launch the instance under a name that the"
        + " container has.";
  }

  static String category(String endpoint) {
    return "Launch the instance in the category that the container serves, or start the container"
        + " for this one; its endpoint would be POST "
        + endpoint
        + ". vLLM chooses by --task or --runner, llama.cpp serves embeddings with --embeddings.";
  }
}
