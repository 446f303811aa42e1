"""The same kernels for tensors, in torch; they run on the processor as well."""
