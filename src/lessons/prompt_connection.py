"""Jupyter server extension: messages to a page without Nagle's delay (TCP_NODELAY).

Every Jupyter server loads it that runs in an environment with the lessons.
"""

from typing import Any

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection


class PromptConnection(ZMQChannelsWebsocketConnection):
    """WebSocket to a kernel that sends each message at once (TCP_NODELAY).

    Otherwise a small message waits until the one before it is acknowledged, which takes 40 ms:
    longer than an explorer needs to draw.
    """

    def connect(self):
        """Connect, without Nagle's delay."""
        self.websocket_handler.set_nodelay(True)
        return super().connect()


def _jupyter_server_extension_points():
    return [{"module": "lessons.prompt_connection"}]


def _load_jupyter_server_extension(app: Any) -> None:
    """Use it in a server that has not been given another connection than Jupyter's own."""
    settings, name = app.web_app.settings, "kernel_websocket_connection_class"
    if settings[name] is ZMQChannelsWebsocketConnection:
        settings[name] = PromptConnection
