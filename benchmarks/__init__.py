"""Measurements that docs/performance.md quotes: run each as a module, `python -m benchmarks.metadata_scale`."""
