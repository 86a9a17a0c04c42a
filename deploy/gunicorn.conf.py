"""gunicorn's settings. Each value can be changed by the variable named beside it."""

import multiprocessing
import os

from portal.logging import config as logging_config

bind = f"{os.environ.get('BIND', '0.0.0.0')}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_CONCURRENCY", 2 * multiprocessing.cpu_count()))
timeout = int(os.environ.get("WEB_TIMEOUT", 30))
graceful_timeout = 20
keepalive = 5
max_requests, max_requests_jitter = 5_000, 500
# The proxy is the only one that can reach this port (docker-compose.yml), so its X-Forwarded-* are believed.
forwarded_allow_ips = os.environ.get("FORWARDED_ALLOW_IPS", "*")
# A request line holds a filter of ten kilobytes; what is longer is refused by the proxy.
limit_request_line = 0
accesslog = None  # portal.middleware logs one line for each request, with its id
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None
logconfig_dict = logging_config(as_json=True, level=os.environ.get("LOG_LEVEL", "INFO"))
logconfig_dict["loggers"]["gunicorn.error"] = {"handlers": ["stream"], "propagate": False}
