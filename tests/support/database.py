"""The database of the tests: made and migrated as owner, used as the serving role."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import TransactionTestCase

from tests.support import cluster as clusters
from tests.support.cluster import Cluster, named

_CLUSTER = pytest.StashKey[Cluster]()
_SERVER = pytest.StashKey[clusters.Server]()


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """Start PostgreSQL in the process that controls the session; workers are told where it is."""
    if config.option.collectonly or config.option.help or config.option.version:
        return
    if worker := getattr(config, "workerinput", None):
        config.stash[_CLUSTER] = Cluster.load(worker["cluster"])
    elif os.environ.get("DATABASE") == "given":
        config.stash[_CLUSTER] = Cluster.given()
        config.stash[_CLUSTER].make_template()
    else:
        cache = Path(str(config.cache.mkdir("database")) if config.cache else config.rootpath / ".pytest_cache")
        config.stash[_SERVER] = clusters.start(cache)
        config.stash[_CLUSTER] = Cluster.embedded(config.stash[_SERVER])


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node) -> None:
    """Tell a worker of xdist where the server is."""
    node.workerinput["cluster"] = node.config.stash[_CLUSTER].dump()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the server we started."""
    if server := config.stash.get(_SERVER, None):
        clusters.stop(server)


@pytest.fixture(scope="session")
def cluster(pytestconfig: pytest.Config) -> Cluster:
    """Give the server on which databases can be cloned."""
    return pytestconfig.stash[_CLUSTER]


@pytest.fixture(scope="session")
def test_database() -> str:
    """Name the database of this worker."""
    return f"test_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"


@pytest.fixture(scope="session")
def django_db_setup(cluster, test_database, django_db_blocker):
    """Clone the migrated template for this worker and connect as the serving role."""
    cluster.clone(test_database)
    with django_db_blocker.unblock():
        use(named(cluster.app, test_database))
        fixture_teardown = TransactionTestCase._fixture_teardown

        def start_over(case: TransactionTestCase) -> None:
            """Give the next test a fresh clone: the serving role may not truncate, and reference data must stay."""
            database = connection.settings_dict["NAME"]
            connection.close()
            cluster.clone(database)

        TransactionTestCase._fixture_teardown = start_over
        yield
        TransactionTestCase._fixture_teardown = fixture_teardown
        connection.close()
    cluster.drop(test_database)


def use(url: str) -> None:
    """Connect Django to another database, as the role of the URL."""
    import environ

    connection.close()
    parts = environ.Env.db_url_config(url)
    for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS"):
        connection.settings_dict[name] = parts.get(name, {} if name == "OPTIONS" else "")
    assert settings.DATABASES["default"]["NAME"] == connection.settings_dict["NAME"]
