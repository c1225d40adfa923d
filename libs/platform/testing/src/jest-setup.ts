// First, so that Nest's CommonJS dependencies do not meet its ES modules half loaded.
import 'reflect-metadata';
import '@nestjs/common';
import '@nestjs/core';
