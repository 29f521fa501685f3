"""The web server: two processes of two threads each answered most requests of all that was measured."""

import os

wsgi_app = "app:create_app()"
bind = f"127.0.0.1:{os.environ.get('PORT', '8000')}"
worker_class = "gthread"
workers = 2
threads = 2
worker_tmp_dir = "/dev/shm"  # a heartbeat on a slow disk looks like a dead process
loglevel = "warning"
timeout = 60
graceful_timeout = 20
control_socket_disable = True
