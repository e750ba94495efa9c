"""The web server of an office: waitress on this machine, with a copy of the data kept every day."""

import signal
import socket
import threading
from typing import Any

import waitress
from django.conf import settings
from django.core.wsgi import get_wsgi_application

from laoqu.operations import database, operators
from laoqu.operations.backup import back_up_daily, key_file
from laoqu.operations.refusal import Refusal
from laoqu.operations.residue import clear_residue
from laoqu.register.sealed import opens_numbers

LOOPBACK = ("127.0.0.1", "localhost", "::1")


def serve(host: str, port: int) -> None:
    """Serve until Ctrl-C or a termination signal.

    Raises:
        Refusal: the port is in use, or the address is not one of this machine.
    """
    server = _listen(host, port)
    database.migrate()
    password = operators.ensure_operator()
    shown = f"[{host}]" if ":" in host else host
    print(f"老区已启动：http://{shown}:{port}/  按 Ctrl-C 停止。")
    print(operators.announcement(password))
    if not database.has_ledger():
        print("还没有台账。请先停止，再运行 laoqu init --county 区划代码，或 laoqu demo 看演示。")
    if host not in LOOPBACK:
        print("注意：别的电脑也能打开这个地址，请设置 LAOQU_ALLOWED_HOSTS，并放在 HTTPS 后面。")
    if not opens_numbers():
        print(f"注意：加密的号码打不开，请把原来的 personal_key 抄到 {key_file()}，再启动。")
    print(end="", flush=True)
    stopping = threading.Event()
    threading.Thread(target=back_up_daily, args=(stopping, _at_night), daemon=True).start()
    for sign in (signal.SIGINT, signal.SIGTERM):  # also where the shell told us to ignore Ctrl-C
        signal.signal(sign, _stop)
    try:
        server.run()
    finally:
        stopping.set()
        server.close()
    print("已停止。")


def _at_night() -> None:
    """What is done after each daily copy."""
    from laoqu.coordination.overlaps.commands import check_all

    check_all()
    clear_residue()


def _listen(host: str, port: int) -> Any:
    if _answers(host, port):
        raise Refusal(_used(port))
    try:
        application = get_wsgi_application()
        most = 4 * settings.MAX_UPLOAD_BYTES  # what is larger is not even received
        given = {"threads": 8, "max_request_body_size": most, **_behind()}
        return waitress.create_server(application, host=host, port=port, **given)
    except (OSError, ValueError, OverflowError) as error:
        if isinstance(error, PermissionError):
            raise Refusal(
                f"没有权限使用端口 {port}。请用 --port 8001 换一个大于 1024 的。"
            ) from None
        if isinstance(error, OSError) and not isinstance(error, socket.gaierror):
            raise Refusal(_used(port)) from None
        raise Refusal(f"地址 {host}:{port} 不能用。请检查 --host 和 --port。") from None


def _behind() -> dict[str, Any]:
    """Whom to believe where a reader comes from: the HTTPS server on this machine, if there is."""
    if not settings.HTTPS:
        return {}
    told = {"x-forwarded-for", "x-forwarded-proto"}
    return {"trusted_proxy": LOOPBACK[0], "trusted_proxy_headers": told}


def _answers(host: str, port: int) -> bool:
    """Whether somebody listens there; on Windows a second listener would not be refused."""
    try:
        with socket.create_connection((host, port), timeout=0.5):
            return True
    except (OSError, OverflowError):
        return False


def _used(port: int) -> str:
    return f"端口 {port} 已被占用，可能老区已在运行。请直接打开，或改用 --port {port + 1}。"


def _stop(*_: object) -> None:
    raise SystemExit(0)
