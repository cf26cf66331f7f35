#!/usr/bin/env node
import '../dist/start2.js';
