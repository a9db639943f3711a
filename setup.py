"""What pyproject.toml cannot say: the compiled loops, one library for each level of processors."""

from setuptools import setup

from building import AnyPythonWheel, BuildLoops, extensions

setup(ext_modules=extensions(), cmdclass={"build_ext": BuildLoops, "bdist_wheel": AnyPythonWheel})
