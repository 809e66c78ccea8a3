"""Where the kit keeps what must outlive a run: results, firmware, virtual boards' flash."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs


def user_data_folder() -> Path:
    """`LOVHE_DATA_DIR`, or the place the system has for a user's data."""
    folder = os.environ.get("LOVHE_DATA_DIR")
    return Path(folder) if folder else platformdirs.user_data_path("lovhe", appauthor=False)


def documents_folder() -> Path:
    """Where the user keeps papers: their documents, or their own folder where there are none."""
    documents = platformdirs.user_documents_path()
    return documents if documents.is_dir() else Path.home()
